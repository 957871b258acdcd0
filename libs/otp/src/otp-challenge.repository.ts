import { Injectable } from '@nestjs/common';
import { lowestId } from '@portillon/kernel';
import { Database, dialectOf, isUniqueViolation, rawSql } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import type { OtpChallengeEntity } from './otp-challenge.entity';
import type { OtpSubjectEntity } from './otp-subject.entity';
import type { OtpPurpose, OtpRequest } from './otp.types';

export type Lockable = Pick<OtpSubjectEntity, 'failures' | 'lockedUntilAt'>;
const JUDGED = [
  'id',
  'subjectId',
  'channel',
  'destinationDigest',
  'codeDigest',
  'sentAt',
  'expiresAt',
  'tries',
  'state',
] as const satisfies (keyof OtpChallengeEntity)[];

/** What a code is judged by: its challenge, and what is known of its person. */
export type JudgedRow = Pick<OtpChallengeEntity, (typeof JUDGED)[number] | 'purpose' | 'binding'> & Lockable;
export type PastRow = Pick<
  OtpChallengeEntity,
  'id' | 'round' | 'sends' | 'state' | 'channel' | 'resendAvailableAt'
>;

/** A person's count, and the challenges of one binding, newest first. */
export interface ChallengeHistory extends Lockable {
  past: PastRow[];
}

const COLUMNS = [
  'id',
  'purpose',
  'binding',
  'round',
  'sends',
  'subjectId',
  'channel',
  'destinationHint',
  'destinationDigest',
  'codeDigest',
  'codeLength',
  'reference',
  'sentAt',
  'expiresAt',
  'resendAvailableAt',
  'tries',
  'state',
  'endedAt',
] as const satisfies (keyof OtpChallengeEntity)[];

/** One statement for the usual case: nothing is inserted for an unknown or locked person, or when the round is taken. */
const INSERT = `INSERT INTO otpChallenge (${COLUMNS.join(', ')})
  SELECT ${COLUMNS.map(() => '?').join(', ')} FROM otpSubject s
  WHERE s.id = ? AND s.failures < ? AND (s.lockedUntilAt IS NULL OR s.lockedUntilAt <= ?)
  AND NOT EXISTS (SELECT 1 FROM otpChallenge c WHERE c.purpose = ? AND c.binding = ? AND c.round >= ?)`;

const LATEST = `SELECT ${COLUMNS.join(', ')} FROM otpChallenge
  WHERE purpose = ? AND binding = ? ORDER BY round DESC LIMIT 1`;

// Each column costs the server and the driver something on every sign-in, so only what the judgement needs.
const JUDGED_OF = `SELECT c.purpose, c.binding, ${JUDGED.map((name) => `c.${name}`).join(', ')}, s.failures, s.lockedUntilAt
  FROM otpChallenge c JOIN otpSubject s ON s.id = c.subjectId
  WHERE c.purpose = ? AND c.binding = ? ORDER BY c.round DESC LIMIT 1`;

const KNOWN = `SELECT s.failures, s.lockedUntilAt, c.id, c.round, c.sends, c.state, c.channel, c.resendAvailableAt
  FROM otpSubject s LEFT JOIN otpChallenge c ON c.purpose = ? AND c.binding = ?
  WHERE s.id = ? ORDER BY c.round DESC`;

// Guarded by the very counts that were read: each number of tries is given to one attempt. In every statement and
// transaction the challenge is locked before its person, which STRAIGHT_JOIN holds the server to.
const STANDS = `id = ? AND state = 'OPEN' AND tries = ? AND expiresAt > ?`;
const PERSON_STANDS = 'failures = ? AND (lockedUntilAt IS NULL OR lockedUntilAt <= ?)';

const COUNT_TRY = `UPDATE otpChallenge SET tries = tries + 1 WHERE ${STANDS}`;
const COUNT_SUBJECT = `UPDATE otpSubject SET failures = failures + 1, lockedUntilAt = ? WHERE id = ? AND ${PERSON_STANDS}`;

const USE_JOINED = `UPDATE otpChallenge c STRAIGHT_JOIN otpSubject s ON s.id = c.subjectId
  SET c.state = 'USED', c.endedAt = ?, s.failures = 0, s.lockedUntilAt = NULL
  WHERE c.id = ? AND c.state = 'OPEN' AND c.tries > 0 AND c.expiresAt > ?`;

const USE_CHALLENGE = `UPDATE otpChallenge SET state = 'USED', endedAt = ?
  WHERE id = ? AND state = 'OPEN' AND tries > 0 AND expiresAt > ?`;

const FORGIVE_OWNER = `UPDATE otpSubject SET failures = 0, lockedUntilAt = NULL
  WHERE id = (SELECT subjectId FROM otpChallenge WHERE id = ?)`;

const FORGIVE = 'UPDATE otpSubject SET failures = 0, lockedUntilAt = NULL WHERE id = ?';

/** Another attempt was counted first. */
const LOST = new Error('counted first');

/** The statements of this lib, and the only place that knows that two engines differ. */
@Injectable()
export class OtpChallengeRepository {
  constructor(private readonly database: Database) {}

  /** Whether it was inserted: its person is known and not locked, and no other took its round. */
  async insert(row: OtpChallengeEntity, failuresInAll: number, tx: EntityManager): Promise<boolean> {
    const { subjectId, sentAt, purpose, binding, round } = row;
    const values = COLUMNS.map((name) => row[name]);
    try {
      const guard = [subjectId, failuresInAll, sentAt, purpose, binding, round];
      return (await rawSql(tx).execute(INSERT, [...values, ...guard])) > 0;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }

  /** What is known before another code is sent; nothing when the person has never had one. */
  async known(
    { purpose, binding, subjectId }: OtpRequest,
    tx: EntityManager,
  ): Promise<ChallengeHistory | undefined> {
    const rows = await rawSql(tx).rows<Lockable & (PastRow | { id: null })>(KNOWN, [
      purpose,
      binding,
      subjectId,
    ]);
    if (!rows[0]) return undefined;
    const { failures, lockedUntilAt } = rows[0];
    return { failures, lockedUntilAt, past: rows.filter((row) => row.id !== null) };
  }

  /** Makes the person's row, or leaves the one that another request made meanwhile. */
  async addSubject(id: string, tx: EntityManager): Promise<void> {
    try {
      await rawSql(tx).execute('INSERT INTO otpSubject (id, failures, lockedUntilAt) VALUES (?, 0, NULL)', [
        id,
      ]);
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
    }
  }

  subject(id: string): Promise<Lockable | undefined> {
    return this.database.row('SELECT failures, lockedUntilAt FROM otpSubject WHERE id = ?', [id]);
  }

  latest(purpose: OtpPurpose, binding: string): Promise<OtpChallengeEntity | undefined> {
    return this.database.row(LATEST, [purpose, binding]);
  }

  judged(purpose: OtpPurpose, binding: string): Promise<JudgedRow | undefined> {
    return this.database.row<JudgedRow>(JUDGED_OF, [purpose, binding]);
  }

  /** Counts one attempt on the challenge and on its person, in one commit: whether both still stood as `row` says. */
  count(row: JudgedRow, lockedUntilAt: Date | null, now: Date): Promise<boolean> {
    const both = async (tx: EntityManager) => {
      if ((await rawSql(tx).execute(COUNT_TRY, [row.id, row.tries, now])) !== 1) throw LOST;
      const person = [lockedUntilAt, row.subjectId, row.failures, now];
      if ((await rawSql(tx).execute(COUNT_SUBJECT, person)) !== 1) throw LOST;
      return true;
    };
    return this.database.transaction(both).catch((error: unknown) => {
      if (error === LOST) return false;
      throw error;
    });
  }

  /** Uses the challenge up and forgets its person's failures: whether this call was the one that did. */
  async use(id: string, now: Date, tx: EntityManager): Promise<boolean> {
    if (dialectOf(tx) !== 'sqlite') return (await rawSql(tx).execute(USE_JOINED, [now, id, now])) > 0;
    if ((await rawSql(tx).execute(USE_CHALLENGE, [now, id, now])) === 0) return false;
    await rawSql(tx).execute(FORGIVE_OWNER, [id]);
    return true;
  }

  async end(id: string, state: 'EXPIRED' | 'REPLACED', now: Date, at: EntityManager): Promise<void> {
    const sql = `UPDATE otpChallenge SET state = ?, endedAt = ? WHERE id = ? AND state = 'OPEN'`;
    await rawSql(at).execute(sql, [state, now, id]);
  }

  async endWait(id: string, at: EntityManager): Promise<void> {
    await rawSql(at).execute('UPDATE otpChallenge SET resendAvailableAt = sentAt WHERE id = ?', [id]);
  }

  async voidAll(subjectId: string, now: Date, tx: EntityManager): Promise<void> {
    const sql = `UPDATE otpChallenge SET state = 'VOID', endedAt = ? WHERE subjectId = ? AND state = 'OPEN'`;
    await rawSql(tx).execute(sql, [now, subjectId]);
  }

  async forgive(subjectId: string, at: EntityManager): Promise<void> {
    await rawSql(at).execute(FORGIVE, [subjectId]);
  }

  /** Deletes up to `batch` of the oldest challenges sent before `time`: how many. Ids grow with time (UUIDv7). */
  async deleteSentBefore(time: Date, batch: number): Promise<number> {
    const oldest = `SELECT id FROM otpChallenge WHERE id < ? ORDER BY id LIMIT ${batch}`;
    const sql = `SELECT MAX(id) AS lastId FROM (${oldest}) old`;
    const found = await this.database.row<{ lastId: string | null }>(sql, [lowestId(time)]);
    if (!found?.lastId) return 0;
    return this.database.execute('DELETE FROM otpChallenge WHERE id <= ?', [found.lastId]);
  }
}
