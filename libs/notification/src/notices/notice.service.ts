import { Injectable } from '@nestjs/common';
import { Clock, DAY, HOUR, Keyring, Random, addMilliseconds } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import { Due, NoticeRepository } from './notice.repository';
import type { NoticeEntity } from './notice.repository';

/** An event that a person must be notified of. */
export interface Occurrence {
  /** Account of the person. */
  subjectId: string;
  kind: string;
  /** Separates notices of one kind to different mailboxes. */
  topic?: string;
  /** Content of the message, encrypted until then. Of several occurrences, the latest details are sent. */
  details: object;
}

/** A notice that is due. */
export interface DueNotice<Details = Record<string, unknown>> {
  id: string;
  subjectId: string;
  kind: string;
  details: Details;
  /** Number of occurrences since the last message: at least 1. */
  occurrences: number;
  firstAt: Date;
  latestAt: Date;
}

/** Minimum time between two messages of a kind to a person: people do not read the tenth mail of an hour. */
export const QUIET_MS = HOUR;
/** Number of notices in one statement. */
const NOTED_AT_ONCE = 25;
/** How long a notice waits for an instance that has its key. */
const KEY_AWAITED_MS = DAY;
const DETAILS = 'notification.notice';

/**
 * Notices to people, at most one message an hour of each kind. Events within the hour are counted and sent when it is
 * over. Recording one costs one statement, so that it can accompany any action.
 */
@Injectable()
export class NoticeService {
  constructor(
    private readonly notices: NoticeRepository,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly keyring: Keyring,
  ) {}

  /** Records an event in the caller's transaction: a rollback cancels the notice. */
  note(occurrence: Occurrence, tx: EntityManager): Promise<void> {
    return this.recordAll([occurrence], tx);
  }

  /** As {@link note}, for many events in few statements. */
  async recordAll(occurrences: readonly Occurrence[], tx: EntityManager): Promise<void> {
    const rows = occurrences.map((one) => this.#row(one));
    for (let first = 0; first < rows.length; first += NOTED_AT_ONCE)
      await this.notices.record(rows.slice(first, first + NOTED_AT_ONCE), tx);
  }

  /**
   * Takes the notices to send now, the longest waiting first, at most `batch`, and starts their quiet hour. The caller
   * enqueues the messages in the same transaction. Skips notices that another instance has locked, and for a day those
   * that only another one can decrypt.
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

  /** Whether there is a notice to send now. One look-up by index, which saves a transaction. */
  hasDue(): Promise<boolean> {
    return this.notices.hasDue(this.#due());
  }

  /** Number of due notices whose key this process lacks. */
  unreadable(): Promise<number> {
    return this.notices.countUnreadable(this.#due());
  }

  /** Deletes at most `batch` notices whose quiet hour is over and that have nothing to send. Returns how many. */
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

  /** A notice whose key was removed from the ring is sent without its details. */
  #open(id: string, sealed: string | null): Record<string, unknown> {
    try {
      const opened = JSON.parse(this.keyring.open(DETAILS, sealed ?? '')) as { id: string; details: object };
      return opened.id === id ? { ...opened.details } : {};
    } catch {
      return {};
    }
  }
}
