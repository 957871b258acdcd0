import { Injectable } from '@nestjs/common';
import { Clock, DAY, Keyring, nameKey, addMilliseconds } from '@portillon/kernel';
import { optimisticRetry } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import {
  delayOf,
  isLock,
  nextAttemptAt,
  noAttempts,
  PasswordDelay,
  withAttempt,
} from './attempt-delay.policy';
import { AttemptKey, PasswordAttemptRepository } from './password-attempt.repository';

export type AttemptStart = { status: 'allowed' } | { status: 'delayed'; retryAt: Date };

/**
 * Slows down and stops password guessing. Attempts count by the typed name, whether or not an account has it, so that
 * an attacker cannot find out which names exist. A browser on which the person signed in before has a separate budget,
 * so that an attacker who knows a name locks no one out.
 */
@Injectable()
export class PasswordAttemptService {
  constructor(
    private readonly attempts: PasswordAttemptRepository,
    private readonly clock: Clock,
    private readonly keyring: Keyring,
  ) {}

  /**
   * Counts an attempt before the password is looked at, in its own committed statement, as if it would fail; of many
   * at once, no more pass than one after the other would. When delayed, do not look at the password.
   *
   * @throws AppError `service.busy` when too many attempts at once get in each other's way
   */
  begin(username: string, browserId: string | null): Promise<AttemptStart> {
    const key = this.#key(username, browserId);
    return optimisticRetry(() => this.#begin(key), 'too many passwords tried at once');
  }

  /**
   * The password was right: the failures in a row are over and this attempt counts no more. Whether the account may
   * still enter is not asked here: hold it (`AccountService.lockForUpdate`) in the same transaction before.
   */
  succeeded(username: string, browserId: string | null, tx: EntityManager): Promise<void> {
    return this.attempts.takeBack(this.#key(username, browserId), tx);
  }

  /**
   * What the password that was counted by {@link begin} comes to. Where it fails, the password was not found wrong: the
   * attempt is given back.
   */
  async settle<Result>(
    username: string,
    browserId: string | null,
    outcome: Promise<Result>,
  ): Promise<Result> {
    try {
      return await outcome;
    } catch (error) {
      await this.attempts.refund(this.#key(username, browserId)).catch(() => undefined);
      throw error;
    }
  }

  /** Until when the password is not even looked at in a browser that is not known; nothing when it is. */
  async delayedUntil(username: string): Promise<Date | undefined> {
    const known = await this.attempts.find(this.#key(username, null));
    const until = known && nextAttemptAt(known);
    return until && until > this.clock.now() ? until : undefined;
  }

  /** Which of these names' passwords are not even looked at now in a browser that is not known. One statement. */
  async delayedAmong(usernames: readonly string[]): Promise<Map<string, PasswordDelay>> {
    const names = new Map(usernames.map((name) => [this.#key(name, null).nameDigest, name]));
    const known = names.size === 0 ? [] : await this.attempts.findAll([...names.keys()]);
    const now = this.clock.now();
    const delayed = known.filter((one) => nextAttemptAt(one) > now);
    return new Map(delayed.map((one) => [names.get(one.nameDigest)!, delayOf(one)]));
  }

  /** Until when ten failures in a row lock the name, or nothing: it is free, or merely has to wait. */
  async lockedUntil(username: string, browserId: string | null): Promise<Date | undefined> {
    const known = await this.attempts.find(this.#key(username, browserId));
    const isLocked = known && isLock(known) && known.nextAttemptAt > this.clock.now();
    return isLocked ? known.nextAttemptAt : undefined;
  }

  /** Whether this lock is new, which is so exactly once for each: the caller writes it down in the same transaction. */
  recordLock(username: string, browserId: string | null, until: Date, tx: EntityManager): Promise<boolean> {
    return this.attempts.recordLock(this.#key(username, browserId), until, tx);
  }

  /** Forgets every failure under this name, on every browser: an administrator's act. */
  unlock(username: string, tx?: EntityManager): Promise<void> {
    return this.attempts.deleteName(this.#key(username, null).nameDigest, tx);
  }

  /** Deletes some `batch` rows that were not touched for 24 hours. Resolves to how many. */
  purge(batch: number): Promise<number> {
    return this.attempts.deleteOlderThan(addMilliseconds(this.clock.now(), -DAY), batch);
  }

  /** Nothing when another attempt came between the reading and the counting: what it left decides. */
  async #begin(key: AttemptKey): Promise<AttemptStart | undefined> {
    const now = this.clock.now();
    const known = await this.attempts.find(key);
    const retryAt = known ? nextAttemptAt(known) : now;
    if (retryAt > now) return { status: 'delayed', retryAt };
    const counted = withAttempt(known ?? noAttempts(now), now);
    const isCounted = known
      ? await this.attempts.count(key, known, counted)
      : await this.attempts.insert(key, counted);
    return isCounted ? { status: 'allowed' } : undefined;
  }

  #key(username: string, browserId: string | null): AttemptKey {
    const nameDigest = this.keyring.digest('account.password-attempt', [nameKey(username)]);
    return { nameDigest, browserId: browserId ?? '' };
  }
}
