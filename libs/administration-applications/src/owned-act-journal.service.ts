import { Injectable } from '@nestjs/common';
import { type ActBy, ActJournalService, type JournalAct } from '@portillon/user-management';
import type { EntityManager } from 'typeorm';

interface Owned {
  id: string;
  structureId: string | null;
}

/** Acts on an application or a webhook, in the journal of the structure that owns it. */
@Injectable()
export class OwnedActJournalService extends ActJournalService {
  recordOnWebhook(by: ActBy, { id, structureId }: Owned, act: JournalAct, tx?: EntityManager): Promise<void> {
    return this.recordOnStructure(by, structureId, { ...act, data: { ...act.data, webhook: id } }, tx);
  }

  recordOnApplication(
    by: ActBy,
    { id, structureId }: Owned,
    act: JournalAct,
    tx: EntityManager,
  ): Promise<void> {
    return this.recordOnStructure(by, structureId, { ...act, data: { ...act.data, application: id } }, tx);
  }
}
