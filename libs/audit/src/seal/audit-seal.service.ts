import type { EntityManager } from 'typeorm';
import { Injectable } from '@nestjs/common';
import { Clock, Keyring } from '@portillon/kernel';
import { isUniqueViolation, Transactions } from '@portillon/persistence';
import { isMarked, missingKeyOf } from '../journal/journal.line';
import type { LineWords } from '../journal/journal.line';
import { AuditStatisticsService } from '../statistics/audit-statistics.service';
import { AuditEventRepository } from '../journal/audit-event.repository';
import { AuditSealRepository } from './audit-seal.repository';
import { AuditService } from '../journal/audit.service';
import { BEGINNING, purgeSealOf, Seal, sealOf } from './seal';

/** Content of a line for a subscribing library. */
export type JournalLine = Pick<
  LineWords,
  'id' | 'name' | 'accountId' | 'structureId' | 'address' | 'device' | 'happenedAt'
> & { data: Record<string, unknown> };

/**
 * Acts on each line once, in the transaction that seals it: within a minute, and without loss after a crash. For work
 * that no request should wait for. Add it with {@link AuditSealService.subscribe}.
 */
export interface JournalSubscriber {
  linesSealed(lines: readonly JournalLine[], tx: EntityManager): Promise<unknown>;
}

function toJournalLine(words: LineWords): JournalLine {
  const { id, name, accountId, structureId, address, device, happenedAt } = words;
  const data = words.data === null ? {} : (JSON.parse(words.data) as Record<string, unknown>);
  return { id, name, accountId, structureId, address, device, happenedAt, data };
}

/** Maximum number of lines under one seal: the transaction is short, and a fault is narrowed down to few lines. */
const MOST_LINES = 500;
/** Maximum number of seals of one call, so that a backlog does not delay other work. */
const MOST_SEALS = 20;
/** Maximum number of seals whose lines one purge deletes: quiet services have many small ones. */
const MOST_PURGED = 500;
/** Number of waiting lines that are read for their key ids. */
const LOOKED_AT = 1_000;

/** Progress of the sealing. */
export interface SealState {
  /** The last seal. Keep its number and digest outside the database, so that a cut-off end can be detected. */
  head: { sequence: number; digest: string; sealedAt: Date } | null;
  /** Waiting time of the oldest line without a seal, milliseconds; 0 when there is none. */
  waitingMs: number;
  /**
   * Keys of the lines that have waited longest and that this ring lacks: an instance with these keys seals them. A
   * missing key behind a backlog appears once the backlog is sealed.
   */
  missingKeys: string[];
}

/** Seals the journal in batches, and purges old sealed lines. Any number of instances may do both concurrently. */
@Injectable()
export class AuditSealService {
  readonly #subscribers: JournalSubscriber[] = [];

  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly keyring: Keyring,
    private readonly events: AuditEventRepository,
    private readonly seals: AuditSealRepository,
    private readonly counters: AuditStatisticsService,
    private readonly audit: AuditService,
  ) {}

  /** Has `subscriber` called for every line that this instance seals. Every instance needs the same subscribers. */
  subscribe(subscriber: JournalSubscriber): void {
    this.#subscribers.push(subscriber);
  }

  /**
   * Seals the lines without a seal, once one has waited for `waited` ms. Returns how many. When several instances try
   * at once, one wins and the others seal nothing. A line marked with a key that this ring lacks is left to an
   * instance that has it.
   */
  async seal(waited = 0): Promise<number> {
    const oldest = await this.events.findOldestUnsealedAt();
    if (!oldest || this.clock.now().getTime() - oldest.getTime() < waited) return 0;
    let sealed = 0;
    for (let seals = 0; seals < MOST_SEALS; seals++) {
      const lines = await this.#won((tx) => this.#sealBatch(tx));
      sealed += lines;
      if (lines < MOST_LINES) break;
    }
    return sealed;
  }

  async state(): Promise<SealState> {
    const [head, oldest] = await Promise.all([this.seals.findHead(), this.events.findOldestUnsealedAt()]);
    return {
      head: head ? { sequence: head.sequence, digest: head.digest, sealedAt: head.sealedAt } : null,
      waitingMs: oldest ? Math.max(0, this.clock.now().getTime() - oldest.getTime()) : 0,
      missingKeys: oldest ? await this.#missingKeys() : [],
    };
  }

  /** Returns the last seal. */
  async head(): Promise<SealState['head']> {
    return (await this.seals.findHead()) ?? null;
  }

  find(sequence: number): Promise<SealState['head']> {
    return this.seals.find(sequence);
  }

  /**
   * Deletes about `batch` of the oldest lines written before `olderThan`, seal by seal, and records it in a new seal.
   * Returns how many. Lines without a seal stay.
   */
  purge(olderThan: Date, batch: number): Promise<number> {
    return this.#won((tx) => this.#purgeBatch(olderThan, batch, tx));
  }

  async #sealBatch(tx: EntityManager): Promise<number> {
    const previous = (await this.seals.findHead(tx)) ?? BEGINNING;
    const lines = await this.events.findUnsealed(MOST_LINES, this.keyring.ids, tx);
    if (lines.length === 0) return 0;
    const seal = sealOf(lines, previous, this.clock.now(), this.keyring);
    // The seal comes first: the instance that gets the number gets the lines; the others do nothing.
    await this.seals.insert(seal, tx);
    const ids = lines.map((line) => line.id);
    if ((await this.events.seal(seal.sequence, ids, tx)) !== lines.length) throw new OvertakenError();
    await this.counters.count(lines, tx);
    // A line that was not written by Portillon is sealed so that the verifier finds it; subscribers do not get it.
    const own = lines.filter((line) => isMarked(line, this.keyring)).map(toJournalLine);
    for (const subscriber of this.#subscribers) await subscriber.linesSealed(own, tx);
    return lines.length;
  }

  async #purgeBatch(olderThan: Date, batch: number, tx: EntityManager): Promise<number> {
    const previous = await this.seals.findHead(tx);
    if (!previous) return 0;
    const next = await this.seals.findOverLinesAfter(previous.purgedThrough, MOST_PURGED, tx);
    const { through, expected } = oldOnes(next, olderThan, batch);
    if (expected === 0) return 0;
    await this.seals.insert(purgeSealOf(through, previous, this.clock.now(), this.keyring), tx);
    const fromSeal = previous.purgedThrough + 1;
    const deleted = await this.events.deleteSealed(fromSeal, through, tx);
    // Otherwise lines that an attacker deleted or inserted would go unnoticed with the purge.
    if (deleted !== expected) await this.#record({ fromSeal, throughSeal: through, expected, deleted }, tx);
    return deleted;
  }

  #record(data: Record<'fromSeal' | 'throughSeal' | 'expected' | 'deleted', number>, tx: EntityManager) {
    const event = { name: 'audit_purge_mismatch', outcome: 'FAILURE', reason: 'lines-missing' } as const;
    return this.audit.record({ ...event, data }, tx);
  }

  /** Lines of other keys stay at the front when this ring's lines are sealed, so some of them are enough. */
  async #missingKeys(): Promise<string[]> {
    const lines = await this.events.findMarksWaitingLongest(LOOKED_AT);
    return [...new Set(lines.map((line) => missingKeyOf(line, this.keyring)))].filter(
      (id) => id !== undefined,
    );
  }

  /** Returns 0 when another instance was first, which did the same work. */
  async #won(work: (tx: EntityManager) => Promise<number>): Promise<number> {
    try {
      return await this.transactions.run(work);
    } catch (error) {
      if (error instanceof OvertakenError || isUniqueViolation(error)) return 0;
      throw error;
    }
  }
}

/** Another instance sealed the same lines between reading and marking. */
class OvertakenError extends Error {}

/** Range of the purge: whole seals, in order, until `batch` lines are reached. */
function oldOnes(seals: Seal[], olderThan: Date, batch: number): { through: number; expected: number } {
  let [through, expected] = [0, 0];
  for (const seal of seals) {
    if (seal.youngestAt >= olderThan || expected >= batch) break;
    through = seal.sequence;
    expected += seal.lineCount;
  }
  return { through, expected };
}
