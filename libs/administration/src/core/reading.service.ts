import { Injectable } from '@nestjs/common';
import type { Account } from '@portillon/account';
import { AuditFilter, ReadingJournalService } from '@portillon/audit';
import { audited } from '@portillon/access';
import { auditedBy } from './actor';
import type { Administrator } from './administrator.types';

/** Of a filter of the journal, whose lines are read. */
type JournalPart = Pick<AuditFilter, 'accountId' | 'actorId' | 'structureId'>;

/**
 * That somebody read what is of others, in the journal (CNIL 2021-122): once an hour for each reader and each person, or
 * part of the journal. What is one's own is read without a line.
 */
@Injectable()
export class ReadingService {
  constructor(private readonly readings: ReadingJournalService) {}

  async recordAccount(
    { actor, client }: Administrator,
    account: Pick<Account, 'id' | 'structure'>,
  ): Promise<void> {
    if (account.id === actor.id) return;
    const event = { name: 'account_read', outcome: 'SUCCESS', actorId: actor.id } as const;
    const reading = { readerId: actor.id, subjectId: account.id };
    await this.readings.record(reading, audited(client, account, event));
  }

  /** The lines of one person concern that person, those of a structure are found in its journal. */
  async recordJournal({ actor, client }: Administrator, part: JournalPart): Promise<void> {
    const personId = part.accountId ?? part.actorId;
    const { structureId } = part;
    if (personId === actor.id) return;
    const event = auditedBy(actor, client, { name: 'journal_read', outcome: 'SUCCESS' });
    const ofPerson = personId && { accountId: personId, actorId: actor.id, structureId: structureId ?? null };
    const ofStructure = structureId && { actorId: actor.id, structureId };
    const reading = { readerId: actor.id, subjectId: personId ?? structureId ?? '' };
    await this.readings.record(reading, { ...event, ...(ofPerson || ofStructure) });
  }
}
