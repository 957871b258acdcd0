import { Injectable, Logger } from '@nestjs/common';
import { AppError, Clock, Keyring, Random } from '@portillon/kernel';
import { afterCommit } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import type { AuditEventEntity } from './audit-event.entity';
import { AuditEventRepository } from './audit-event.repository';
import { AuditFilter, MOST_NAMES } from './audit-filter.types';
import type { AuditEntry, AuditEvent, AuditPage } from './audit.types';
import { LineWords, markOf } from './journal.line';
import { journalData, journalText } from './journal.text';

const CURSOR_TEXT = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Longest page. */
const MOST = 100;

/** Lines read at a time when all are wanted. */
const STEP = 500;

/** The journal: lines are added and read. Nothing changes one. */
@Injectable()
export class AuditService {
  readonly #logger = new Logger(AuditService.name);
  readonly #listeners: ((event: AuditEvent) => void)[] = [];

  constructor(
    private readonly events: AuditEventRepository,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly keyring: Keyring,
  ) {}

  /**
   * From now on `listener` hears of each event that this process has recorded, once it is committed. For what may be lost
   * with the process, such as its metrics: an act neither waits for a listener nor fails with it.
   */
  onRecorded(listener: (event: AuditEvent) => void): void {
    this.#listeners.push(listener);
  }

  /** Writes one line. Outside a transaction, as by default, it stays whatever the caller rolls back. */
  async record(event: AuditEvent, tx?: EntityManager): Promise<void> {
    const words = this.#words(event);
    await this.events.insert([{ ...words, mark: markOf(words, this.keyring) }], tx);
    afterCommit(tx, () => this.#announce(event));
  }

  /**
   * What concerns an account, newest first, from the line after `cursor` on. `limit` from 1 to 100.
   * @throws AppError `validation.failed` when the cursor is none that a page gave.
   */
  ofAccount(accountId: string, page: { cursor?: string; limit: number }): Promise<AuditPage> {
    return this.search({ accountId }, page);
  }

  /**
   * The lines that fit, newest first, from the line after `cursor` on. `limit` from 1 to 100.
   * @throws AppError `validation.failed` when the cursor is none that a page gave, or the names are too many.
   */
  async search(filter: AuditFilter, page: { cursor?: string; limit: number }): Promise<AuditPage> {
    if (page.cursor !== undefined && !CURSOR_TEXT.test(page.cursor)) throw unknownCursor();
    const limit = Math.min(Math.max(1, page.limit), MOST);
    const found = await this.#read(filter, page.cursor, limit + 1);
    const items = found.slice(0, limit);
    return { items, nextCursor: found.length > limit ? items.at(-1)!.id : null };
  }

  /** When the newest line of each of these structures was written; nothing where there is none. */
  async newestOf(structureIds: readonly string[]): Promise<Map<string, Date>> {
    const lines = await this.events.newestOf(structureIds);
    return new Map(lines.map(({ structureId, happenedAt }) => [structureId!, happenedAt]));
  }

  /** Every line that fits, newest first, a few hundred at a time: the memory it takes does not depend on how many. */
  async *all(filter: AuditFilter): AsyncGenerator<AuditEntry[]> {
    let older: string | undefined;
    do {
      const entries = await this.#read(filter, older, STEP);
      if (entries.length > 0) yield entries;
      older = entries.length === STEP ? entries.at(-1)!.id : undefined;
    } while (older);
  }

  async #read(filter: AuditFilter, older: string | undefined, limit: number): Promise<AuditEntry[]> {
    if ((filter.names?.length ?? 0) > MOST_NAMES) throw tooManyNames();
    return (await this.events.search(filter, older, limit)).map(toEntry);
  }

  #announce(event: AuditEvent): void {
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch (error) {
        this.#logger.warn(`a listener failed: ${String(error)}`);
      }
    }
  }

  #words(event: AuditEvent): LineWords {
    return {
      id: this.random.id(),
      happenedAt: this.clock.now(),
      name: journalText(event.name, 64)!,
      outcome: event.outcome,
      accountId: journalText(event.accountId, 64),
      actorId: journalText(event.actorId, 64),
      structureId: journalText(event.structureId, 64),
      means: journalText(event.means, 32),
      channel: journalText(event.channel, 16),
      address: journalText(event.address, 64),
      device: journalText(event.device, 256),
      requestId: journalText(event.requestId, 64),
      reason: journalText(event.reason, 128),
      data: journalData(event.data),
    };
  }
}

function toEntry({ happenedAt, data, sealSequence, mark, ...rest }: AuditEventEntity): AuditEntry {
  return {
    ...rest,
    at: happenedAt,
    data: data === null ? null : (JSON.parse(data) as Record<string, unknown>),
    seal: sealSequence,
  };
}

function unknownCursor(): AppError {
  const errors = [{ field: 'cursor', code: 'cursor.unknown', message: 'Not a cursor that a page gave.' }];
  return new AppError('validation.failed', { errors });
}

function tooManyNames(): AppError {
  const errors = [{ field: 'name', code: 'too-long', message: `At most ${MOST_NAMES} names.` }];
  return new AppError('validation.failed', { errors });
}
