import { Injectable } from '@nestjs/common';
import type { Account } from '@portillon/account';
import { AuditData, AuditService, EventName } from '@portillon/audit';
import { audited } from '@portillon/access';
import type { EntityManager } from 'typeorm';
import { auditedBy } from './actor';
import type { Administrator } from './administrator.types';

/** The action. */
export interface JournalAct {
  name: EventName;
  /** The administrator's text. */
  reason?: string;
  data?: AuditData;
}

/** The actor and its client. `command-line`: an operator of the server, who reaches everything and has no account. */
export type ActBy = Pick<Administrator, 'actor' | 'client'> | 'command-line';

/** Records administrators' actions in the journal: the object, the actor, the client. */
@Injectable()
export class ActJournalService {
  constructor(private readonly audit: AuditService) {}

  /** An action on another person's account. */
  recordOnAccount(
    { actor, client }: Administrator,
    account: Pick<Account, 'id' | 'structure'>,
    act: JournalAct,
    tx: EntityManager,
  ): Promise<void> {
    const event = { ...act, outcome: 'SUCCESS', actorId: actor.id } as const;
    return this.audit.record(audited(client, account, event), tx);
  }

  /** `structureId`: whose thing it is; null: the deployment's. */
  recordOnStructure(
    by: ActBy,
    structureId: string | null,
    act: JournalAct,
    tx?: EntityManager,
  ): Promise<void> {
    const event = { ...act, outcome: 'SUCCESS' } as const;
    if (by === 'command-line')
      return this.audit.record({ ...event, structureId, data: { ...act.data, by } }, tx);
    const entry = auditedBy(by.actor, by.client, event);
    return this.audit.record({ ...entry, actorId: by.actor.id, structureId }, tx);
  }

  /** An act on many at once: a list that is taken out, a file that is brought. */
  record({ actor, client }: Administrator, act: JournalAct, tx?: EntityManager): Promise<void> {
    return this.audit.record(auditedBy(actor, client, { ...act, outcome: 'SUCCESS' }), tx);
  }
}
