import { Injectable } from '@nestjs/common';
import type { Structure } from '@portillon/structure';
import { AuditService } from '@portillon/audit';
import { StrongMeansPeopleService } from '@portillon/user-management';
import type { AdminStructureFigures } from './structure-page.dto';

/** How a structure stands: what a list of them shows beside each. */
@Injectable()
export class StructureFiguresService {
  constructor(
    private readonly people: StrongMeansPeopleService,
    private readonly audit: AuditService,
  ) {}

  /** Counts by structure, for one page. */
  async of(structures: readonly Structure[]): Promise<Map<string, AdminStructureFigures>> {
    if (structures.length === 0) return new Map();
    const [counts, newest] = await Promise.all([
      this.people.countAll(structures),
      this.audit.newestOf(structures.map(({ id }) => id)),
    ]);
    const figuresOf = (id: string): AdminStructureFigures => {
      const { people = 0, lacking = 0 } = counts.find(({ structureId }) => structureId === id) ?? {};
      return { people, withoutStrongMeans: lacking, lastActAt: newest.get(id)?.toISOString() ?? null };
    };
    return new Map(structures.map(({ id }) => [id, figuresOf(id)]));
  }
}
