import { Injectable } from '@nestjs/common';
import { lowestId } from '@portillon/kernel';
import { Database, isUniqueViolation, LookUp, SqlValue, Statements } from '@portillon/persistence';
import type { OtpPurpose, OtpRequest } from './one-time-code';
import type { OtpChallengeEntity } from './otp-challenge.entity';
import type { OtpSubjectEntity } from './otp-subject.entity';

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
type ReadRow = Omit<JudgedRow, 'purpose'> & Pick<OtpChallengeEntity, 'round'>;
export type PastRow = Pick<
  OtpChallengeEntity,
  'id' | 'round' | 'sends' | 'state' | 'channel' | 'resendAvailableAt'
>;

/** A person's count, and the challenges of one binding, newest first. */
export interface Known extends Lockable {
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
const judgedOf = (purpose: OtpPurpose) => (bindings: string) =>
  `SELECT c.binding, c.round, ${JUDGED.map((name) => `c.${name}`).join(', ')}, s.failures, s.lockedUntilAt
  FROM otpChallenge c JOIN otpSubject s ON s.id = c.subjectId
  WHERE c.purpose = '${purpose}' AND c.binding IN (${bindings})`;

const KNOWN = `SELECT s.failures, s.lockedUntilAt, c.id, c.round, c.sends, c.state, c.channel, c.resendAvailableAt
  FROM otpSubject s LEFT JOIN otpChallenge c ON c.purpose = ? AND c.binding = ?
  WHERE s.id = ? ORDER BY c.round DESC`;

// Guarded by the very counts that were read: each number of tries is given to one attempt. In every statement and
// transaction the challenge is locked before its person, which STRAIGHT_JOIN holds the server to.
const STANDS = `id = ? AND state = 'OPEN' AND tries = ? AND expiresAt > ?`;
const PERSON_STANDS = 'failures = ? AND (lockedUntilAt IS NULL OR lockedUntilAt <= ?)';

const COUNT_JOINED = `UPDATE otpChallenge c STRAIGHT_JOIN otpSubject s ON s.id = c.subjectId
  SET c.tries = c.tries + 1, s.failures = s.failures + 1, s.lockedUntilAt = ?
  WHERE c.id = ? AND c.state = 'OPEN' AND c.tries = ? AND c.expiresAt > ?
  AND s.failures = ? AND (s.lockedUntilAt IS NULL OR s.lockedUntilAt <= ?)`;

// In one trip two statements by key cost the server half of what a joined one does.
const COUNT_TRY = `UPDATE otpChallenge SET tries = tries + 1 WHERE ${STANDS}`;
const COUNT_FAILURE = `UPDATE otpSubject SET failures = failures + 1, lockedUntilAt = ? WHERE id = ? AND ${PERSON_STANDS}`;
const COUNT_AND_USE = `UPDATE otpChallenge SET tries = tries + 1, state = 'USED', endedAt = ? WHERE ${STANDS}`;
// Locked, so that nobody fails on another challenge of the person between this and the commit.
const COUNT_AND_USE_UNFAILED = `${COUNT_AND_USE}
  AND EXISTS (SELECT 1 FROM otpSubject WHERE otpSubject.id = ? AND ${PERSON_STANDS} LOCK IN SHARE MODE)`;
const FORGIVE_AS_READ = `UPDATE otpSubject SET failures = 0, lockedUntilAt = NULL WHERE id = ? AND ${PERSON_STANDS}`;

const COUNT_CHALLENGE = `${COUNT_TRY}
  AND EXISTS (SELECT 1 FROM otpSubject s WHERE s.id = subjectId AND ${PERSON_STANDS})`;

const COUNT_SUBJECT = 'UPDATE otpSubject SET failures = failures + 1, lockedUntilAt = ? WHERE id = ?';

const USE_JOINED = `UPDATE otpChallenge c STRAIGHT_JOIN otpSubject s ON s.id = c.subjectId
  SET c.state = 'USED', c.endedAt = ?, s.failures = 0, s.lockedUntilAt = NULL
  WHERE c.id = ? AND c.state = 'OPEN' AND c.tries > 0 AND c.expiresAt > ?`;

const USE_CHALLENGE = `UPDATE otpChallenge SET state = 'USED', endedAt = ?
  WHERE id = ? AND state = 'OPEN' AND tries > 0 AND expiresAt > ?`;

const FORGIVE_OWNER = `UPDATE otpSubject SET failures = 0, lockedUntilAt = NULL
  WHERE id = (SELECT subjectId FROM otpChallenge WHERE id = ?)`;

const FORGIVE = 'UPDATE otpSubject SET failures = 0, lockedUntilAt = NULL WHERE id = ?';

/** The statements of this lib, and the only place that knows that two engines differ. */
@Injectable()
export class OtpRecords {
  readonly #judged: Record<OtpPurpose, LookUp<ReadRow>>;

  constructor(private readonly database: Database) {
    const lookUp = (purpose: OtpPurpose) =>
      new LookUp<ReadRow>(database, judgedOf(purpose), (row) => row.binding);
    this.#judged = {
      'sign-in': lookUp('sign-in'),
      session: lookUp('session'),
      'phone-verification': lookUp('phone-verification'),
      'mail-change': lookUp('mail-change'),
    };
  }

  /** Whether it was inserted: its person is known and not locked, and no other took its round. */
  async insert(row: OtpChallengeEntity, failuresInAll: number, tx: Statements): Promise<boolean> {
    const { subjectId, sentAt, purpose, binding, round } = row;
    const values = COLUMNS.map((name) => row[name]);
    try {
      const guard = [subjectId, failuresInAll, sentAt, purpose, binding, round];
      return (await tx.claim(INSERT, [...values, ...guard])) > 0;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }

  /** What is known before another code is sent; nothing when the person has never had one. */
  async known({ purpose, binding, subjectId }: OtpRequest, tx: Statements): Promise<Known | undefined> {
    const rows = await tx.rows<Lockable & (PastRow | { id: null })>(KNOWN, [purpose, binding, subjectId]);
    if (!rows[0]) return undefined;
    const { failures, lockedUntilAt } = rows[0];
    return { failures, lockedUntilAt, past: rows.filter((row) => row.id !== null) };
  }

  /** Makes the person's row, or leaves the one that another request made meanwhile. */
  async addSubject(id: string, tx: Statements): Promise<void> {
    try {
      await tx.execute('INSERT INTO otpSubject (id, failures, lockedUntilAt) VALUES (?, 0, NULL)', [id]);
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

  async judged(purpose: OtpPurpose, binding: string): Promise<JudgedRow | undefined> {
    const rounds = await this.#judged[purpose].find(binding);
    const [latest] = rounds.sort((one, other) => other.round - one.round);
    return latest && { ...latest, purpose };
  }

  /** Counts one attempt on the challenge and on its person, in one commit: whether both still stood as `row` says. */
  async count(row: JudgedRow, lockedUntilAt: Date | null, now: Date): Promise<boolean> {
    if (this.database.dialect === 'sqlite') return this.#countInTwo(row, lockedUntilAt, now);
    return (await this.database.gathered.execute(COUNT_JOINED, [lockedUntilAt, ...asItStood(row, now)])) > 0;
  }

  /** As {@link count}, in the caller's transaction in one trip. */
  async countAtOnce(row: JudgedRow, lockedUntilAt: Date | null, now: Date, tx: Statements): Promise<boolean> {
    const counted = await Promise.all([
      tx.claim(COUNT_TRY, [row.id, row.tries, now]),
      tx.claim(COUNT_FAILURE, [lockedUntilAt, row.subjectId, row.failures, now]),
    ]);
    return counted.every(Boolean);
  }

  /** {@link count} and {@link use}, in the caller's transaction in one trip. Who had no failure has none to forget. */
  async countAndUse(row: JudgedRow, now: Date, tx: Statements): Promise<boolean> {
    const challenge = [now, row.id, row.tries, now];
    const person = [row.subjectId, row.failures, now];
    if (row.failures === 0) return (await tx.claim(COUNT_AND_USE_UNFAILED, [...challenge, ...person])) > 0;
    const used = [tx.claim(COUNT_AND_USE, challenge), tx.claim(FORGIVE_AS_READ, person)];
    return (await Promise.all(used)).every(Boolean);
  }

  /** Uses the challenge up and forgets its person's failures: whether this call was the one that did. */
  async use(id: string, now: Date, tx: Statements): Promise<boolean> {
    if (tx.dialect !== 'sqlite') return (await tx.claim(USE_JOINED, [now, id, now])) > 0;
    if ((await tx.execute(USE_CHALLENGE, [now, id, now])) === 0) return false;
    await tx.execute(FORGIVE_OWNER, [id]);
    return true;
  }

  async end(id: string, state: 'EXPIRED' | 'REPLACED', now: Date, at: Statements): Promise<void> {
    const sql = `UPDATE otpChallenge SET state = ?, endedAt = ? WHERE id = ? AND state = 'OPEN'`;
    await at.execute(sql, [state, now, id]);
  }

  async endWait(id: string, at: Statements): Promise<void> {
    await at.execute('UPDATE otpChallenge SET resendAvailableAt = sentAt WHERE id = ?', [id]);
  }

  async voidAll(subjectId: string, now: Date, tx: Statements): Promise<void> {
    const sql = `UPDATE otpChallenge SET state = 'VOID', endedAt = ? WHERE subjectId = ? AND state = 'OPEN'`;
    await tx.execute(sql, [now, subjectId]);
  }

  async forgive(subjectId: string, at: Statements): Promise<void> {
    await at.execute(FORGIVE, [subjectId]);
  }

  /** Deletes up to `batch` of the oldest challenges sent before `time`: how many. Ids grow with time (UUIDv7). */
  async deleteSentBefore(time: Date, batch: number): Promise<number> {
    const oldest = `SELECT id FROM otpChallenge WHERE id < ? ORDER BY id LIMIT ${batch}`;
    const sql = `SELECT MAX(id) AS lastId FROM (${oldest}) old`;
    const found = await this.database.row<{ lastId: string | null }>(sql, [lowestId(time)]);
    if (!found?.lastId) return 0;
    return this.database.execute('DELETE FROM otpChallenge WHERE id <= ?', [found.lastId]);
  }

  #countInTwo(row: JudgedRow, lockedUntilAt: Date | null, now: Date): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      if ((await tx.execute(COUNT_CHALLENGE, asItStood(row, now))) === 0) return false;
      await tx.execute(COUNT_SUBJECT, [lockedUntilAt, row.subjectId]);
      return true;
    });
  }
}

/** The guard of a count: the very counts that were read. */
function asItStood(row: JudgedRow, now: Date): SqlValue[] {
  return [row.id, row.tries, now, row.failures, now];
}
