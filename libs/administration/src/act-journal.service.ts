import { Injectable } from '@nestjs/common';
import type { Account } from '@portillon/account';
import { AuditData, AuditService, EventName } from '@portillon/audit';
import { audited, personOf } from '@portillon/auth';
import type { EntityManager } from 'typeorm';
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
    { session, client }: Administrator,
    account: Pick<Account, 'id' | 'structure'>,
    act: JournalAct,
    tx: EntityManager,
  ): Promise<void> {
    const event = { ...act, outcome: 'SUCCESS', actorId: session.accountId } as const;
    return this.audit.record(audited(client, account, event), tx);
  }

  recordOnStructure(
    { session, client }: Administrator,
    structureId: string,
    act: JournalAct,
    tx: EntityManager,
  ): Promise<void> {
    const entry = audited(client, personOf(session), { ...act, outcome: 'SUCCESS' });
    return this.audit.record({ ...entry, actorId: session.accountId, structureId }, tx);
  }

  /** An act on many at once: a list that is taken out, a file that is brought. */
  record({ session, client }: Administrator, act: JournalAct, tx?: EntityManager): Promise<void> {
    return this.audit.record(audited(client, personOf(session), { ...act, outcome: 'SUCCESS' }), tx);
  }
}
