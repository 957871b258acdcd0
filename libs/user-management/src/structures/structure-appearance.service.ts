import { Injectable } from '@nestjs/common';
import { NewBranding, Structure, StructureBrandingService } from '@portillon/structure';
import { Transactions } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { ActBy, ActJournalService } from '../rights/act-journal.service';
import type { Administrator } from '../rights/administrator.types';
import { AdministeredStructureService } from './administered-structure.service';
import { requireEdited } from './structure-edit';

/** The branding of a structure. */
@Injectable()
export class StructureAppearanceService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredStructureService,
    private readonly faces: StructureBrandingService,
    private readonly journal: ActJournalService,
  ) {}

  /** @throws AppError `not-found`, `permission.denied`, `precondition.failed`, `validation.failed` */
  async set(
    administrator: Administrator,
    id: string,
    { reason, ...face }: NewBranding & { reason?: string },
    version: number,
  ): Promise<Structure> {
    await this.administered.get(administrator, id);
    const fields = Object.keys(face) as (keyof NewBranding)[];
    await this.transactions.run((tx) =>
      this.keep(administrator, { id, version }, face, { fields, reason }, tx),
    );
    return this.administered.get(administrator, id);
  }

  /** Like {@link set}, of a structure as it was seen, in the caller's transaction. */
  async keep(
    by: ActBy,
    { id, version }: Pick<Structure, 'id' | 'version'>,
    face: Partial<NewBranding>,
    { fields, reason }: { fields: (keyof NewBranding)[]; reason?: string },
    tx: EntityManager,
  ): Promise<void> {
    requireEdited(await this.faces.set(id, face, version, tx));
    const act = { name: 'structure_updated', reason, data: { fields } } as const;
    await this.journal.recordOnStructure(by, id, act, tx);
  }
}
