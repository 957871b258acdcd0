import { Injectable } from '@nestjs/common';
import { Structure, StructureDraft, StructureService } from '@portillon/account';
import { Transactions } from '@portillon/persistence';
import { ActJournalService } from '../core/act-journal.service';
import type { Administrator } from '../core/administrator.types';
import { AdministeredStructureService } from './administered-structure.service';
import { requireEdited, requireNumber, structureTaken } from './structure-edit';

/** What a structure is registered under: its name and its numbers. */
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
    requireNumber(draft);
    return this.transactions.run(async (tx) => {
      const created = await this.structures.create(draft, tx);
      if (created.status !== 'created') throw structureTaken(created.status);
      const { structure } = created;
      const act = { name: 'structure_created', data: {} } as const;
      await this.journal.recordOnStructure(administrator, structure.id, act, tx);
      return structure;
    });
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
    const data = { fields: Object.keys(changes) as (keyof StructureDraft)[] };
    await this.transactions.run(async (tx) => {
      requireEdited(await this.structures.edit(id, changes, version, tx));
      const act = { name: 'structure_updated', reason, data } as const;
      await this.journal.recordOnStructure(administrator, id, act, tx);
    });
    return this.administered.get(administrator, id);
  }
}
