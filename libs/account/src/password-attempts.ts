import { Injectable } from '@nestjs/common';
import { Clock, Keyring, shift } from '@portillon/kernel';
import { Database, isUniqueViolation, SqlValue, Statements } from '@portillon/persistence';
import { DAY_MS, delayAfter, fromStamp, MAX_PER_DAY, NO_STAMP, STEPS, toStamp } from './attempt-ladder';
import { nameKey } from './name-key';

export type AttemptStart = { status: 'allowed' } | { status: 'delayed'; retryAt: Date };

const LATEST_DIGITS = MAX_PER_DAY * NO_STAMP.length;

// MySQL assigns from left to right and reads what it just wrote: `nextAttemptAt` must come before `consecutive`.
const COUNT = `UPDATE passwordAttempt SET
  nextAttemptAt = CASE consecutive ${STEPS.slice(0, -1)
    .map((step) => `WHEN ${step.consecutive - 1} THEN ?`)
    .join(' ')} ELSE ? END,
  consecutive = consecutive + 1,
  latest = SUBSTR(CONCAT(latest, ?), ${NO_STAMP.length + 1}),
  lastAttemptAt = ?
  WHERE nameDigest = ? AND browserId = ? AND nextAttemptAt <= ? AND SUBSTR(latest, 1, ${NO_STAMP.length}) <= ?`;

const START = `INSERT INTO passwordAttempt (nameDigest, browserId, consecutive, nextAttemptAt, latest, lastAttemptAt)
  VALUES (?, ?, 1, ?, ?, ?)`;

const TAKE_BACK = `UPDATE passwordAttempt SET consecutive = 0, nextAttemptAt = ?,
  latest = CONCAT('${NO_STAMP}', SUBSTR(latest, 1, ${LATEST_DIGITS - NO_STAMP.length}))
  WHERE nameDigest = ? AND browserId = ?`;

interface AttemptRow {
  nextAttemptAt: Date;
  latest: string;
}

/**
 * Slows down and stops the guessing of passwords, by the name that was typed, whether an account bears it or not:
 * nothing tells a known name from an unknown one. A browser that the person already signed in on has a budget of its
 * own, so that nobody locks a colleague out by name alone.
 */
@Injectable()
export class PasswordAttempts {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly keyring: Keyring,
  ) {}

  /**
   * Counts an attempt before the password is looked at, in its own committed statement, as if it would fail; of many
   * at once, no more pass than one after the other would. When delayed, do not look at the password.
   */
  async begin(username: string, browserId: string | null): Promise<AttemptStart> {
    const now = this.clock.now();
    const key = this.#key(username, browserId);
    if (await this.#count(key, now)) return { status: 'allowed' };
    const row = await this.#row(key);
    if (row) return { status: 'delayed', retryAt: retryAt(row, now) };
    return (await this.#start(key, now)) ? { status: 'allowed' } : this.begin(username, browserId);
  }

  /** The password was right: the failures in a row are over and this attempt counts no more. */
  async succeeded(username: string, browserId: string | null, tx: Statements): Promise<void> {
    await tx.execute(TAKE_BACK, [this.clock.now(), ...this.#key(username, browserId)]);
  }

  /** Forgets every failure under this name, on every browser: an administrator's act. */
  async unlock(username: string, at: Statements = this.database): Promise<void> {
    await at.execute('DELETE FROM passwordAttempt WHERE nameDigest = ?', [this.#key(username, null)[0]]);
  }

  /** Deletes at most `batch` rows that nobody touched for 24 hours. Resolves to how many. */
  async purge(batch: number): Promise<number> {
    const sql =
      'SELECT nameDigest, browserId FROM passwordAttempt WHERE lastAttemptAt < ? ORDER BY lastAttemptAt LIMIT ';
    const before = shift(this.clock.now(), -DAY_MS);
    const rows = await this.database.rows<{ nameDigest: string; browserId: string }>(
      `${sql}${Math.floor(batch)}`,
      [before],
    );
    const forget = 'DELETE FROM passwordAttempt WHERE nameDigest = ? AND browserId = ? AND lastAttemptAt < ?';
    let gone = 0;
    for (const row of rows)
      gone += await this.database.execute(forget, [row.nameDigest, row.browserId, before]);
    return gone;
  }

  async #count(key: [string, string], now: Date): Promise<boolean> {
    const waits: SqlValue[] = STEPS.map((step) => shift(now, step.delayMs));
    const values = [...waits, toStamp(now), now, ...key, now, toStamp(shift(now, -DAY_MS))];
    return (await this.database.execute(COUNT, values)) === 1;
  }

  async #start(key: [string, string], now: Date): Promise<boolean> {
    const latest = toStamp(now).padStart(LATEST_DIGITS, '0');
    try {
      await this.database.execute(START, [...key, shift(now, delayAfter(1)), latest, now]);
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }

  #row(key: [string, string]): Promise<AttemptRow | undefined> {
    const sql = 'SELECT nextAttemptAt, latest FROM passwordAttempt WHERE nameDigest = ? AND browserId = ?';
    return this.database.row<AttemptRow>(sql, key);
  }

  #key(username: string, browserId: string | null): [string, string] {
    return [this.keyring.digest('account.password-attempt', [nameKey(username)]), browserId ?? ''];
  }
}

/** When both limits allow again; a moment that has come meanwhile is a wait of nothing. */
function retryAt(row: AttemptRow, now: Date): Date {
  const oldest = fromStamp(row.latest.slice(0, NO_STAMP.length));
  return new Date(Math.max(now.getTime(), row.nextAttemptAt.getTime(), oldest.getTime() + DAY_MS));
}
