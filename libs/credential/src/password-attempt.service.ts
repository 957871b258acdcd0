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
   * Counts an attempt as failed before the password is checked, in a separate committed statement: concurrent attempts
   * get no more tries than consecutive ones. When delayed, the caller must not check the password.
   *
   * @throws AppError `service.busy` when too many concurrent attempts conflict
   */
  begin(username: string, browserId: string | null): Promise<AttemptStart> {
    const key = this.#key(username, browserId);
    return optimisticRetry(() => this.#begin(key), 'too many passwords tried at once');
  }

  /**
   * Records that the password was right: resets the failures in a row and this attempt. It does not check the account:
   * lock that before in the same transaction (`AccountService.lockForUpdate`).
   */
  succeeded(username: string, browserId: string | null, tx: EntityManager): Promise<void> {
    return this.attempts.subtractLatest(this.#key(username, browserId), tx);
  }

  /** Takes back an attempt that {@link begin} counted: the check itself failed, or what the right password opens. */
  async refund(username: string, browserId: string | null): Promise<void> {
    await this.attempts.refund(this.#key(username, browserId)).catch(() => undefined);
  }

  /** Until when passwords are not checked in an untrusted browser; nothing when they are. */
  async delayedUntil(username: string): Promise<Date | undefined> {
    const known = await this.attempts.find(this.#key(username, null));
    const until = known && nextAttemptAt(known);
    return until && until > this.clock.now() ? until : undefined;
  }

  /** Those of these names whose passwords are not checked now in an untrusted browser. One statement. */
  async delayedAmong(usernames: readonly string[]): Promise<Map<string, PasswordDelay>> {
    const names = new Map(usernames.map((name) => [this.#key(name, null).nameDigest, name]));
    const known = names.size === 0 ? [] : await this.attempts.findAll([...names.keys()]);
    const now = this.clock.now();
    const delayed = known.filter((one) => nextAttemptAt(one) > now);
    return new Map(delayed.map((one) => [names.get(one.nameDigest)!, delayOf(one)]));
  }

  /** Until when ten failures in a row lock the name; nothing while it is free or merely delayed. */
  async lockedUntil(username: string, browserId: string | null): Promise<Date | undefined> {
    const known = await this.attempts.find(this.#key(username, browserId));
    const isLocked = known && isLock(known) && known.nextAttemptAt > this.clock.now();
    return isLocked ? known.nextAttemptAt : undefined;
  }

  /** Whether this lock is new, true once for each: the caller records it in the same transaction. */
  recordLock(username: string, browserId: string | null, until: Date, tx: EntityManager): Promise<boolean> {
    return this.attempts.recordLock(this.#key(username, browserId), until, tx);
  }

  /** Deletes all failures under this name, in every browser: an action of an administrator. */
  unlock(username: string, tx?: EntityManager): Promise<void> {
    return this.attempts.deleteName(this.#key(username, null).nameDigest, tx);
  }

  /** Deletes about `batch` rows without an attempt for 24 hours. Returns how many. */
  purge(batch: number): Promise<number> {
    return this.attempts.deleteOlderThan(addMilliseconds(this.clock.now(), -DAY), batch);
  }

  /** Returns nothing when another attempt was counted in between. */
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
