import { Injectable } from '@nestjs/common';
import { Clock, DAY, HOUR, Keyring, Random, shift } from '@portillon/kernel';
import { Database, Dialect, dialectOf, rawSql, SqlValue } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';

/** Something that happened and that a person is to be told. */
export interface Occurrence {
  /** Whom it concerns. */
  subjectId: string;
  kind: string;
  /** Keeps apart what is told of one kind to different mailboxes. */
  topic?: string;
  /** What the message will say; kept sealed until then. Of several occurrences, the latest's are told. */
  details: object;
}

export interface DueNotice<Details = Record<string, unknown>> {
  id: string;
  subjectId: string;
  kind: string;
  details: Details;
  /** How often it happened since it was last told: 1 or more. */
  occurrences: number;
  firstAt: Date;
  latestAt: Date;
}

type NoticeRow = Omit<DueNotice, 'details'> & { sealedDetails: string | null };

/** At most one message of a kind to a person in so long (the issue of the house: nobody reads the tenth mail). */
const QUIET_MS = HOUR;
/** So many are noted in one statement. */
const NOTED_AT_ONCE = 25;
/** So long a notice waits for an instance that has its key. */
const KEY_AWAITED_MS = DAY;
const DETAILS = 'notification.notice';
const COLUMNS = 'id, subjectId, kind, occurrences, sealedDetails, firstAt, latestAt';

/**
 * What people are to be told, at most once an hour of each kind, and nothing lost: what happens within the hour is
 * counted and told when the hour is over. To note costs one statement, so that it may go along with any act.
 */
@Injectable()
export class NoticeService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly keyring: Keyring,
  ) {}

  /** Notes it in the caller's transaction: what is undone is not told. */
  note(occurrence: Occurrence, at: EntityManager): Promise<void> {
    return this.noteAll([occurrence], at);
  }

  /** As {@link note}, many in few statements. */
  async noteAll(occurrences: readonly Occurrence[], at: EntityManager): Promise<void> {
    for (let from = 0; from < occurrences.length; from += NOTED_AT_ONCE) {
      const some = occurrences.slice(from, from + NOTED_AT_ONCE);
      await rawSql(at).execute(
        noteStatement(dialectOf(at), some.length),
        some.flatMap((one) => this.#values(one)),
      );
    }
  }

  /**
   * Takes what is to be told now, the longest waiting first, at most `batch`, and begins its quiet hour: the caller tells
   * it in the same transaction. What another instance has in hand is passed over, and for a day what it alone can read.
   */
  async takeDue(batch: number, tx: EntityManager): Promise<DueNotice[]> {
    const now = this.clock.now();
    const lock = dialectOf(tx) === 'sqlite' ? '' : ' FOR UPDATE SKIP LOCKED';
    const sql = `SELECT ${COLUMNS} FROM notice WHERE ${this.#due} ORDER BY dueAt LIMIT ${Math.trunc(batch)}${lock}`;
    const rows = await rawSql(tx).rows<NoticeRow>(sql, this.#dueValues(now));
    if (rows.length === 0) return [];
    const update = `UPDATE notice SET dueAt = NULL, sealedDetails = NULL, quietUntilAt = ?
      WHERE id IN (${rows.map(() => '?').join(', ')}) AND dueAt <= ?`;
    const taken = await rawSql(tx).execute(update, [shift(now, QUIET_MS), ...rows.map((row) => row.id), now]);
    if (taken !== rows.length) throw new Error('notices were taken by somebody else meanwhile');
    return rows.map(({ sealedDetails, ...row }) => ({ ...row, details: this.#open(row.id, sealedDetails) }));
  }

  /** Whether there is something to tell now. One look by index, so that nothing is begun for nothing. */
  async hasDue(): Promise<boolean> {
    const sql = `SELECT id FROM notice WHERE ${this.#due} LIMIT 1`;
    return (await this.database.row(sql, this.#dueValues(this.clock.now()))) !== undefined;
  }

  /** How many notices are due that were sealed with a key that is not here. */
  async unreadable(): Promise<number> {
    const sql = `SELECT COUNT(*) AS count FROM notice WHERE dueAt <= ? AND NOT (${this.#due})`;
    const now = this.clock.now();
    const row = await this.database.row<{ count: number | string }>(sql, [now, ...this.#dueValues(now)]);
    return Number(row?.count);
  }

  /** Forgets everything about a person: for an erasure. */
  async forget(subjectId: string, tx: EntityManager): Promise<void> {
    await rawSql(tx).execute('DELETE FROM notice WHERE subjectId = ?', [subjectId]);
  }

  /** Deletes at most `batch` whose quiet hour is over and that have nothing to tell. */
  async purge(batch: number): Promise<number> {
    const over = 'dueAt IS NULL AND quietUntilAt <= ?';
    const now = this.clock.now();
    const sql = `SELECT id FROM notice WHERE ${over} LIMIT ${Math.trunc(batch)}`;
    const rows = await this.database.rows<{ id: string }>(sql, [now]);
    if (rows.length === 0) return 0;
    const places = rows.map(() => '?').join(', ');
    const ids = rows.map((row) => row.id);
    return this.database.execute(`DELETE FROM notice WHERE id IN (${places}) AND ${over}`, [...ids, now]);
  }

  /** Due, and readable here or by no instance. */
  get #due(): string {
    return `dueAt <= ? AND (keyId IN (${this.keyring.ids.map(() => '?').join(', ')}) OR dueAt <= ?)`;
  }

  #dueValues(now: Date): SqlValue[] {
    return [now, ...this.keyring.ids, shift(now, -KEY_AWAITED_MS)];
  }

  #values({ subjectId, kind, topic = '', details }: Occurrence): SqlValue[] {
    const id = this.keyring.digest(DETAILS, [subjectId, kind, topic]);
    const sealed = this.keyring.seal(DETAILS, JSON.stringify({ id, details }), this.random);
    const now = this.clock.now();
    return [id, subjectId, kind, sealed, Keyring.keyIdOf(sealed), now, now, now, now];
  }

  /** Without its details, when their key left the ring, it is told all the same. */
  #open(id: string, sealed: string | null): Record<string, unknown> {
    try {
      const opened = JSON.parse(this.keyring.open(DETAILS, sealed ?? '')) as { id: string; details: object };
      return opened.id === id ? { ...opened.details } : {};
    } catch {
      return {};
    }
  }
}

/**
 * One upsert, so that sixteen at once make one notice. Takes, for each of `count`, id, subject, kind, details,
 * key and the present time four times.
 */
function noteStatement(dialect: Dialect, count: number): string {
  const insert = `INSERT INTO notice
    (id, subjectId, kind, occurrences, sealedDetails, keyId, firstAt, latestAt, dueAt, quietUntilAt)
    VALUES ${Array(count).fill('(?, ?, ?, 1, ?, ?, ?, ?, ?, ?)').join(', ')}`;
  if (dialect === 'sqlite')
    return `${insert} ON CONFLICT (id) DO UPDATE SET ${updates('notice.', (name) => `excluded.${name}`)}`;
  return `${insert} ON DUPLICATE KEY UPDATE ${updates('', (name) => `VALUES(${name})`)}`;
}

// MySQL and MariaDB assign from left to right, so `dueAt`, which the others look at, is moved last.
function updates(own: string, given: (name: string) => string): string {
  const waits = `${own}dueAt IS NOT NULL`;
  return [
    `occurrences = CASE WHEN ${waits} THEN ${own}occurrences + 1 ELSE 1 END`,
    `firstAt = CASE WHEN ${waits} THEN ${own}firstAt ELSE ${given('firstAt')} END`,
    `sealedDetails = ${given('sealedDetails')}`,
    `keyId = ${given('keyId')}`,
    `latestAt = ${given('latestAt')}`,
    `dueAt = CASE WHEN ${waits} THEN ${own}dueAt
      WHEN ${own}quietUntilAt > ${given('latestAt')} THEN ${own}quietUntilAt ELSE ${given('latestAt')} END`,
  ].join(', ');
}
