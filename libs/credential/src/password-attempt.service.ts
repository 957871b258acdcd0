import { Injectable } from '@nestjs/common';
import { Clock, DAY, Keyring, nameKey, shift } from '@portillon/kernel';
import { Database, isUniqueViolation, rawSql, SqlValue } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { DELAYS_MS, fromStamp, MAX_PER_DAY, NO_STAMP, STAMP_DIGITS, toStamp } from './attempt-delay.policy';

export type AttemptStart = { status: 'allowed' } | { status: 'delayed'; retryAt: Date };

const AT_ONCE = new Date(0);
const LATEST_DIGITS = MAX_PER_DAY * STAMP_DIGITS;

/** After the first, the second … failure in a row; ELSE is the last step, which holds for all that follow. */
const WAITS = DELAYS_MS.slice(0, -1)
  .map((_, before) => `WHEN ${before} THEN ?`)
  .join(' ');

// MySQL assigns from left to right and reads what it just wrote: `nextAttemptAt` must come before `consecutive`.
const COUNT = `UPDATE passwordAttempt SET
  nextAttemptAt = CASE consecutive ${WAITS} ELSE ? END,
  consecutive = consecutive + 1,
  latest = SUBSTR(CONCAT(latest, ?), ${STAMP_DIGITS + 1}),
  lastAttemptAt = ?
  WHERE nameDigest = ? AND browserId = ? AND nextAttemptAt <= ? AND SUBSTR(latest, 1, ${STAMP_DIGITS}) <= ?`;

const START = `INSERT INTO passwordAttempt (nameDigest, browserId, consecutive, nextAttemptAt, latest, lastAttemptAt)
  VALUES (?, ?, 1, ?, ?, ?)`;

const TAKEN_BACK = `CONCAT('${NO_STAMP}', SUBSTR(latest, 1, ${LATEST_DIGITS - STAMP_DIGITS}))`;
const TAKE_BACK = `UPDATE passwordAttempt SET consecutive = 0, nextAttemptAt = ?, latest = ${TAKEN_BACK}
  WHERE nameDigest = ? AND browserId = ?`;

/** Guarded by "not yet noted": however many look, one finds that the lock is new. */
const NOTE_LOCK = `UPDATE passwordAttempt SET lockNotedUntilAt = nextAttemptAt
  WHERE nameDigest = ? AND browserId = ? AND nextAttemptAt = ?
  AND (lockNotedUntilAt IS NULL OR lockNotedUntilAt <> nextAttemptAt)`;

/** A DELETE with a LIMIT of its own is not in every SQLite. */
const OLD_ROWS = {
  server: 'lastAttemptAt < ? ORDER BY lastAttemptAt',
  sqlite: 'rowid IN (SELECT rowid FROM passwordAttempt WHERE lastAttemptAt < ? ORDER BY lastAttemptAt',
};

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
export class PasswordAttemptService {
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
    if (await this.#start(key, now)) return { status: 'allowed' };
    const row = await this.#row(key);
    // Gone or free again meanwhile: another instance made the row, an administrator unlocked it.
    if (!row || retryAt(row).getTime() <= now.getTime()) return this.begin(username, browserId);
    return { status: 'delayed', retryAt: retryAt(row) };
  }

  /**
   * The password was right: the failures in a row are over and this attempt counts no more. Whether the account may
   * still enter is not asked here: hold it (`AccountService.holdForSignIn`) in the same transaction before.
   */
  async succeeded(username: string, browserId: string | null, tx: EntityManager): Promise<void> {
    await rawSql(tx).execute(TAKE_BACK, [AT_ONCE, ...this.#key(username, browserId)]);
  }

  /** Until when the password is not even looked at in a browser that is not known; nothing when it is. */
  async delayedUntil(username: string): Promise<Date | undefined> {
    const row = await this.#row(this.#key(username, null));
    const until = row && retryAt(row);
    return until && until > this.clock.now() ? until : undefined;
  }

  /** Forgets every failure under this name, on every browser: an administrator's act. */
  async unlock(username: string, at: EntityManager = this.database.manager): Promise<void> {
    await rawSql(at).execute('DELETE FROM passwordAttempt WHERE nameDigest = ?', [
      this.#key(username, null)[0],
    ]);
  }

  /** Until when ten failures in a row lock the name, or nothing: it is free, or merely has to wait. */
  async lockedUntil(username: string, browserId: string | null): Promise<Date | undefined> {
    const sql =
      'SELECT consecutive, nextAttemptAt FROM passwordAttempt WHERE nameDigest = ? AND browserId = ?';
    const row = await this.database.row<{ consecutive: number; nextAttemptAt: Date }>(
      sql,
      this.#key(username, browserId),
    );
    const locked = row && row.consecutive >= DELAYS_MS.length && row.nextAttemptAt > this.clock.now();
    return locked ? row.nextAttemptAt : undefined;
  }

  /** Whether this lock is new, which is so exactly once for each: the caller writes it down in the same transaction. */
  async noteLock(
    username: string,
    browserId: string | null,
    until: Date,
    tx: EntityManager,
  ): Promise<boolean> {
    return (await rawSql(tx).execute(NOTE_LOCK, [...this.#key(username, browserId), until])) === 1;
  }

  /** Deletes at most `batch` rows that nobody touched for 24 hours. Resolves to how many. */
  async purge(batch: number): Promise<number> {
    const limit = Math.max(1, Math.floor(batch) || 1);
    const old =
      this.database.dialect === 'sqlite'
        ? `${OLD_ROWS.sqlite} LIMIT ${limit})`
        : `${OLD_ROWS.server} LIMIT ${limit}`;
    return this.database.execute(`DELETE FROM passwordAttempt WHERE ${old}`, [shift(this.clock.now(), -DAY)]);
  }

  async #count(key: [string, string], now: Date): Promise<boolean> {
    const waits: SqlValue[] = DELAYS_MS.map((delayMs) => nextAttempt(now, delayMs));
    const values = [...waits, toStamp(now), now, ...key, now, toStamp(shift(now, -DAY))];
    return (await this.database.execute(COUNT, values)) === 1;
  }

  async #start(key: [string, string], now: Date): Promise<boolean> {
    const latest = toStamp(now).padStart(LATEST_DIGITS, '0');
    try {
      await this.database.execute(START, [...key, AT_ONCE, latest, now]);
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

/** Without a wait, no instant at all: the clock of another instance may be a little behind. */
function nextAttempt(now: Date, delayMs: number): Date {
  return delayMs ? shift(now, delayMs) : AT_ONCE;
}

/** When both limits allow again. */
function retryAt(row: AttemptRow): Date {
  const oldest = fromStamp(row.latest.slice(0, STAMP_DIGITS));
  return new Date(Math.max(row.nextAttemptAt.getTime(), oldest.getTime() + DAY));
}
