import { Injectable } from '@nestjs/common';
import { Account, AccountService } from '@portillon/account';
import { AuditData, AuditFilter, AuditService, EventName, ReadingJournalService } from '@portillon/audit';
import { audited } from '@portillon/access';
import type { EntityManager } from 'typeorm';
import { auditedBy } from './actor';
import type { Administrator } from './actor';

/** The action. */
export interface JournalAct {
  name: EventName;
  /** The administrator's text. */
  reason?: string;
  data?: AuditData;
}

/** The actor and its client. `command-line`: an operator of the server, who reaches everything and has no account. */
export type ActBy = Pick<Administrator, 'actor' | 'client'> | 'command-line';

/** The account whose journal lines are read. */
type JournalPart = Pick<AuditFilter, 'accountId' | 'actorId' | 'structureIds'>;

/** The account holder who is concerned, in the structure whose journal says so. */
type Person = Pick<Account, 'id'> & { structure: { id: string } | null };

/**
 * Records in the journal what administrators do: the object, the actor, the client. And that they read other people's data
 * (CNIL 2021-122), once an hour per reader and subject: an account, or a part of the journal.
 */
@Injectable()
export class ActJournalService {
  constructor(
    private readonly audit: AuditService,
    private readonly readings: ReadingJournalService,
    private readonly accounts: AccountService,
  ) {}

  /** An action on another person's account. */
  recordOnAccount(
    { actor, client }: Administrator,
    account: Person,
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

  /** Reading one's own data is not recorded. */
  async recordAccountRead({ actor, client }: Administrator, person: Person): Promise<void> {
    if (person.id === actor.id) return;
    const event = { name: 'account_read', outcome: 'SUCCESS', actorId: actor.id } as const;
    const reading = { readerId: actor.id, subjectId: person.id };
    await this.readings.record(reading, audited(client, person, event));
  }

  /** Journal entries of one account count as that account's data, like its page, which shows some of them. */
  async recordJournalRead(administrator: Administrator, part: JournalPart): Promise<void> {
    const personId = part.accountId ?? part.actorId;
    if (personId === undefined) return this.#recordLinesRead(administrator, part);
    await this.recordAccountRead(administrator, await this.#person(personId, part));
  }

  /** Those of structures are found in the journal of the first. */
  async #recordLinesRead({ actor, client }: Administrator, { structureIds }: JournalPart): Promise<void> {
    const structureId = structureIds?.[0];
    const event = auditedBy(actor, client, { name: 'journal_read', outcome: 'SUCCESS' });
    const ofStructure = structureId && { actorId: actor.id, structureId };
    const reading = { readerId: actor.id, subjectId: structureId ?? '' };
    await this.readings.record(reading, { ...event, ...ofStructure });
  }

  /** In the structure that manages the account, or in the first whose entries were read when it is none of them. */
  async #person(id: string, { structureIds }: JournalPart): Promise<Person> {
    const manager = (await this.accounts.findNames([id])).get(id)?.structureId;
    const found = !structureIds || (manager && structureIds.includes(manager)) ? manager : structureIds[0];
    return { id, structure: found ? { id: found } : null };
  }
}
