import { Injectable } from '@nestjs/common';
import type { Account } from '@portillon/account';
import { AuditData, AuditService, EventName } from '@portillon/audit';
import { audited } from '@portillon/access';
import type { EntityManager } from 'typeorm';
import { auditedBy } from './actor';
import type { Administrator } from './administrator.types';

/** What was done. */
export interface JournalAct {
  name: EventName;
  /** What the administrator wrote. */
  reason?: string;
  data?: AuditData;
}

/** What administrators do, in the journal: on whom or what, by whom, from where. */
@Injectable()
export class ActJournalService {
  constructor(private readonly audit: AuditService) {}

  /** An act on somebody's account. */
  recordOnAccount(
    { actor, client }: Administrator,
    account: Pick<Account, 'id' | 'structure'>,
    act: JournalAct,
    tx: EntityManager,
  ): Promise<void> {
    const event = { ...act, outcome: 'SUCCESS', actorId: actor.id } as const;
    return this.audit.record(audited(client, account, event), tx);
  }

  recordOnStructure(
    { actor, client }: Administrator,
    structureId: string,
    act: JournalAct,
    tx: EntityManager,
  ): Promise<void> {
    const entry = auditedBy(actor, client, { ...act, outcome: 'SUCCESS' });
    return this.audit.record({ ...entry, actorId: actor.id, structureId }, tx);
  }

  recordOnWebhook(
    { actor, client }: Administrator,
    { id, structureId }: { id: string; structureId: string | null },
    act: JournalAct,
    tx?: EntityManager,
  ): Promise<void> {
    const data = { ...act.data, webhook: id };
    const entry = auditedBy(actor, client, { ...act, data, outcome: 'SUCCESS' });
    return this.audit.record({ ...entry, actorId: actor.id, structureId }, tx);
  }

  recordOnApplication(
    { actor, client }: Administrator,
    { id, structureId }: { id: string; structureId: string | null },
    act: JournalAct,
    tx: EntityManager,
  ): Promise<void> {
    const data = { ...act.data, application: id };
    const entry = auditedBy(actor, client, { ...act, data, outcome: 'SUCCESS' });
    return this.audit.record({ ...entry, actorId: actor.id, structureId }, tx);
  }

  /** An act on many at once: a list that is taken out, a file that is brought. */
  record({ actor, client }: Administrator, act: JournalAct, tx?: EntityManager): Promise<void> {
    return this.audit.record(auditedBy(actor, client, { ...act, outcome: 'SUCCESS' }), tx);
  }
}
