import { Injectable } from '@nestjs/common';
import { Account, DirectoryService } from '@portillon/account';
import { AuditFilter, ReadingJournalService } from '@portillon/audit';
import { audited } from '@portillon/access';
import { auditedBy } from './actor';
import type { Administrator } from './administrator.types';

/** The account whose journal lines are read. */
type JournalPart = Pick<AuditFilter, 'accountId' | 'actorId' | 'structureId'>;

/** The person whose data was read. */
type Person = Pick<Account, 'id'> & { structure: { id: string } | null };

/**
 * Records that an actor read other people's data in the journal (CNIL 2021-122). Writes once an hour for each reader
 * and each person, or part of the journal. Reading one's own data writes no line.
 */
@Injectable()
export class ReadingService {
  constructor(
    private readonly readings: ReadingJournalService,
    private readonly directory: DirectoryService,
  ) {}

  async recordAccount({ actor, client }: Administrator, person: Person): Promise<void> {
    if (person.id === actor.id) return;
    const event = { name: 'account_read', outcome: 'SUCCESS', actorId: actor.id } as const;
    const reading = { readerId: actor.id, subjectId: person.id };
    await this.readings.record(reading, audited(client, person, event));
  }

  /** The lines of one person are of that person, as their page is, which shows some of them. */
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

  /** In the structure whose lines were read, or the one of now where those of every structure were. */
  async #person(id: string, { structureId }: JournalPart): Promise<Person> {
    const found = structureId ?? (await this.directory.people([id])).get(id)?.structureId;
    return { id, structure: found ? { id: found } : null };
  }
}
