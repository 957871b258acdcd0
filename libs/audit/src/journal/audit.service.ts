import { Injectable, Logger } from '@nestjs/common';
import { AppError, Clock, Keyring, Random } from '@portillon/kernel';
import { afterCommit } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import type { AuditEventEntity } from './audit-event.entity';
import { AuditEventRepository } from './audit-event.repository';
import { AuditFilter, MOST_NAMES } from './audit.types';
import type { AuditEntry, AuditEvent, AuditPage } from './audit.types';
import { LineWords, markOf } from './journal.line';
import { journalData, journalText } from './journal.text';

const CURSOR_TEXT = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Maximum length of a page. */
const MOST = 100;

/** Lines of a batch when all are read. */
const STEP = 500;

/** Adds and reads lines of the journal. Lines never change. */
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
   * Has `listener` called for each later event that this process records, after the commit. For data that may be lost
   * with the process, such as metrics: the recording neither waits for a listener nor fails with it.
   */
  onRecorded(listener: (event: AuditEvent) => void): void {
    this.#listeners.push(listener);
  }

  /** Writes one line. Without a transaction the line stays even when the caller rolls back. */
  async record(event: AuditEvent, tx?: EntityManager): Promise<void> {
    const words = this.#words(event);
    await this.events.insert([{ ...words, mark: markOf(words, this.keyring) }], tx);
    afterCommit(tx, () => this.#announce(event));
  }

  /**
   * Returns the lines about an account, newest first, after `cursor`. `limit` from 1 to 100.
   *
   * @throws AppError `validation.failed` for an invalid cursor
   */
  ofAccount(accountId: string, page: { cursor?: string; limit: number }): Promise<AuditPage> {
    return this.search({ accountId }, page);
  }

  /**
   * Returns matching lines, newest first, after `cursor`. `limit` from 1 to 100.
   *
   * @throws AppError `validation.failed` for an invalid cursor, or too many names
   */
  async search(filter: AuditFilter, page: { cursor?: string; limit: number }): Promise<AuditPage> {
    if (page.cursor !== undefined && !CURSOR_TEXT.test(page.cursor)) throw unknownCursor();
    const limit = Math.min(Math.max(1, page.limit), MOST);
    const found = await this.#read(filter, page.cursor, limit + 1);
    const items = found.slice(0, limit);
    return { items, nextCursor: found.length > limit ? items.at(-1)!.id : null };
  }

  /** Whether one of these events of the account was recorded since `from`, as `tx` sees it. */
  hasRecorded(accountId: string, names: string[], from: Date, tx: EntityManager): Promise<boolean> {
    return this.events.hasLine(accountId, names, from, tx);
  }

  /** When the newest line of each of these structures was written; structures without lines are left out. */
  async newestOf(structureIds: readonly string[]): Promise<Map<string, Date>> {
    const lines = await this.events.findNewest(structureIds);
    return new Map(lines.map(({ structureId, happenedAt }) => [structureId!, happenedAt]));
  }

  /** Yields every matching line, newest first, in batches, so that memory use is constant. */
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
