import { Injectable } from '@nestjs/common';
import { Structure, StructureDraft, StructureService } from '@portillon/structure';
import { Transactions } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { ActBy, ActJournalService } from '../rights/act-journal.service';
import type { Administrator } from '../rights/administrator.types';
import { AdministeredStructureService } from './administered-structure.service';
import { requireEdited, requireNumber, structureTaken } from './structure-edit';

/** The registration of a structure: its name and its numbers. */
@Injectable()
export class StructureRegistrationService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredStructureService,
    private readonly structures: StructureService,
    private readonly journal: ActJournalService,
  ) {}

  /** @throws AppError `structure.taken`, `validation.failed` */
  async register(administrator: Administrator, draft: StructureDraft): Promise<Structure> {
    return this.transactions.run((tx) => this.make(administrator, draft, tx));
  }

  /** Like {@link register}, in the caller's transaction. */
  async make(by: ActBy, draft: StructureDraft, tx: EntityManager): Promise<Structure> {
    requireNumber(draft);
    const created = await this.structures.create(draft, tx);
    if (created.status !== 'created') throw structureTaken(created.status);
    const { structure } = created;
    await this.journal.recordOnStructure(by, structure.id, { name: 'structure_created', data: {} }, tx);
    return structure;
  }

  /** @throws AppError `not-found`, `precondition.failed`, `structure.taken`, `validation.failed` */
  async edit(
    administrator: Administrator,
    id: string,
    changes: Partial<StructureDraft>,
    version: number,
    reason?: string,
  ): Promise<Structure> {
    await this.administered.get(administrator, id);
    await this.transactions.run((tx) => this.change(administrator, { id, version }, changes, { reason }, tx));
    return this.administered.get(administrator, id);
  }

  /** Like {@link edit}, of a structure as it was seen, in the caller's transaction. */
  async change(
    by: ActBy,
    { id, version }: Pick<Structure, 'id' | 'version'>,
    changes: Partial<StructureDraft>,
    { reason }: { reason?: string },
    tx: EntityManager,
  ): Promise<void> {
    requireEdited(await this.structures.edit(id, changes, version, tx));
    const data = { fields: Object.keys(changes) as (keyof StructureDraft)[] };
    await this.journal.recordOnStructure(by, id, { name: 'structure_updated', reason, data }, tx);
  }
}
