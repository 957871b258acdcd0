import { Injectable } from '@nestjs/common';
import { Account, AccountService } from '@portillon/account';
import { AuditFilter, ReadingJournalService } from '@portillon/audit';
import { audited } from '@portillon/access';
import { auditedBy } from './actor';
import type { Administrator } from './administrator.types';

/** The account whose journal lines are read. */
type JournalPart = Pick<AuditFilter, 'accountId' | 'actorId' | 'structureId'>;

/** The account holder whose data was read. */
type Person = Pick<Account, 'id'> & { structure: { id: string } | null };

/**
 * Records in the journal that an actor read other people's data (CNIL 2021-122), once an hour per reader and subject: an
 * account, or a part of the journal. Reading one's own data is not recorded.
 */
@Injectable()
export class ReadingService {
  constructor(
    private readonly readings: ReadingJournalService,
    private readonly directory: AccountService,
  ) {}

  async recordAccount({ actor, client }: Administrator, person: Person): Promise<void> {
    if (person.id === actor.id) return;
    const event = { name: 'account_read', outcome: 'SUCCESS', actorId: actor.id } as const;
    const reading = { readerId: actor.id, subjectId: person.id };
    await this.readings.record(reading, audited(client, person, event));
  }

  /** Journal entries of one account count as that account's data, like its page, which shows some of them. */
  async recordJournal(administrator: Administrator, part: JournalPart): Promise<void> {
    const personId = part.accountId ?? part.actorId;
    if (personId === undefined) return this.#recordLines(administrator, part);
    await this.recordAccount(administrator, await this.#person(personId, part));
  }

  /** Those of a structure are found in its journal. */
  async #recordLines({ actor, client }: Administrator, { structureId }: JournalPart): Promise<void> {
    const event = auditedBy(actor, client, { name: 'journal_read', outcome: 'SUCCESS' });
    const ofStructure = structureId && { actorId: actor.id, structureId };
    const reading = { readerId: actor.id, subjectId: structureId ?? '' };
    await this.readings.record(reading, { ...event, ...ofStructure });
  }

  /** In the structure whose entries were read; for those of all structures, in the reader's present one. */
  async #person(id: string, { structureId }: JournalPart): Promise<Person> {
    const found = structureId ?? (await this.directory.findNames([id])).get(id)?.structureId;
    return { id, structure: found ? { id: found } : null };
  }
}
