import { Injectable } from '@nestjs/common';
import { Clock, DAY, HOUR, Keyring, Random, addMilliseconds } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import type { NoticeEntity } from './notice.entity';
import { Due, NoticeRepository } from './notice.repository';
import type { DueNotice, Occurrence } from './notice.types';

/** At most one message of a kind to a person in so long: the tenth mail of an hour is not read. */
export const QUIET_MS = HOUR;
/** So many are noted in one statement. */
const NOTED_AT_ONCE = 25;
/** So long a notice waits for an instance that has its key. */
const KEY_AWAITED_MS = DAY;
const DETAILS = 'notification.notice';

/**
 * What people are to be notified of, at most once an hour of each kind, and nothing lost: what happens within the hour is
 * counted and sent when the hour is over. To note costs one statement, so that it may go along with any act.
 */
@Injectable()
export class NoticeService {
  constructor(
    private readonly notices: NoticeRepository,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly keyring: Keyring,
  ) {}

  /** Notes it in the caller's transaction: what is rolled back is not sent. */
  note(occurrence: Occurrence, tx: EntityManager): Promise<void> {
    return this.recordAll([occurrence], tx);
  }

  /** As {@link note}, many in few statements. */
  async recordAll(occurrences: readonly Occurrence[], tx: EntityManager): Promise<void> {
    const rows = occurrences.map((one) => this.#row(one));
    for (let first = 0; first < rows.length; first += NOTED_AT_ONCE)
      await this.notices.note(rows.slice(first, first + NOTED_AT_ONCE), tx);
  }

  /**
   * Takes what is to be sent now, the longest waiting first, at most `batch`, and begins its quiet hour: the caller
   * enqueues the message in the same transaction. What another instance has in hand is passed over, and for a day what
   * it alone can read.
   */
  async takeDue(batch: number, tx: EntityManager): Promise<DueNotice[]> {
    const due = this.#due();
    const rows = await this.notices.lockDue(due, Math.trunc(batch), tx);
    if (rows.length === 0) return [];
    const ids = rows.map(({ id }) => id);
    const taken = await this.notices.startQuiet(ids, due.now, addMilliseconds(due.now, QUIET_MS), tx);
    if (taken !== rows.length) throw new Error('notices were taken by another instance meanwhile');
    return rows.map((row) => this.#dueNotice(row));
  }

  /** Whether there is something to send now. One look by index, so that nothing is begun for nothing. */
  hasDue(): Promise<boolean> {
    return this.notices.hasDue(this.#due());
  }

  /** How many notices are due that were sealed with a key that is not here. */
  unreadable(): Promise<number> {
    return this.notices.countUnreadable(this.#due());
  }

  /** Deletes at most `batch` whose quiet hour is over and that have nothing to say: how many. */
  purge(batch: number): Promise<number> {
    return this.notices.deleteQuiet(this.clock.now(), Math.trunc(batch));
  }

  #due(): Due {
    const now = this.clock.now();
    return { now, keyIds: this.keyring.ids, awaited: addMilliseconds(now, -KEY_AWAITED_MS) };
  }

  #row({ subjectId, kind, topic = '', details }: Occurrence): NoticeEntity {
    const id = this.keyring.digest(DETAILS, [subjectId, kind, topic]);
    const sealedDetails = this.keyring.seal(DETAILS, JSON.stringify({ id, details }), this.random);
    const now = this.clock.now();
    return {
      id,
      subjectId,
      kind,
      occurrences: 1,
      sealedDetails,
      keyId: Keyring.keyIdOf(sealedDetails),
      firstAt: now,
      latestAt: now,
      dueAt: now,
      quietUntilAt: now,
    };
  }

  #dueNotice({
    id,
    subjectId,
    kind,
    occurrences,
    firstAt,
    latestAt,
    sealedDetails,
  }: NoticeEntity): DueNotice {
    const details = this.#open(id, sealedDetails);
    return { id, subjectId, kind, occurrences, firstAt, latestAt, details };
  }

  /** Without its details, when their key left the ring, it is sent all the same. */
  #open(id: string, sealed: string | null): Record<string, unknown> {
    try {
      const opened = JSON.parse(this.keyring.open(DETAILS, sealed ?? '')) as { id: string; details: object };
      return opened.id === id ? { ...opened.details } : {};
    } catch {
      return {};
    }
  }
}
