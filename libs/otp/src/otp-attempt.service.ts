import { Injectable } from '@nestjs/common';
import { Clock } from '@portillon/kernel';
import { optimisticRetry } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { OtpSubjectRepository } from './otp-subject.repository';
import type { OtpSubjectEntity } from './otp-subject.repository';
import { lockOf, withoutAttempt, OtpPolicy } from './otp.policy';
import type { AttemptCount, OtpLock } from './otp.types';

/**
 * Counts attempts at codes that other libraries make, such as those of an authenticator app. They count together with
 * the person's attempts at sent codes, and lock the code step with them.
 */
@Injectable()
export class OtpAttemptService {
  constructor(
    private readonly subjects: OtpSubjectRepository,
    private readonly policy: OtpPolicy,
    private readonly clock: Clock,
  ) {}

  /**
   * Counts an attempt and commits; compare the code afterwards. Returns the lock when the code step is already locked.
   *
   * @throws AppError `service.busy` when too many concurrent attempts conflict
   */
  count(subjectId: string): Promise<AttemptCount> {
    return optimisticRetry(() => this.#tryCount(subjectId), 'too many codes tried at once');
  }

  /** Resets the person's failures; call it in the transaction of the action that the right code allows. */
  forgive(subjectId: string, tx: EntityManager): Promise<void> {
    return this.subjects.forgive(subjectId, tx);
  }

  /** Takes an attempt back: it could not be compared, or the action after the right code failed. */
  async refund(subjectId: string): Promise<void> {
    await optimisticRetry(() => this.#tryGiveBack(subjectId), 'too many codes tried at once');
  }

  async #tryGiveBack(subjectId: string): Promise<true | undefined> {
    const subject = await this.subjects.find(subjectId);
    if (!subject?.failures) return true;
    const counted = withoutAttempt(subject, this.policy, this.clock.now());
    return (await this.subjects.recount(subject, counted)) || undefined;
  }

  async #tryCount(subjectId: string): Promise<AttemptCount | undefined> {
    const subject = await this.subjects.findOrAdd(subjectId);
    const lock = lockOf(subject, this.policy, this.clock.now());
    if (lock) return lock;
    const counted = await this.#count(subject);
    return counted && { status: 'counted', lock: this.#freshLock(counted) };
  }

  /** Returns the subject after the attempt; nothing when another attempt was counted first. */
  async #count(subject: OtpSubjectEntity): Promise<OtpSubjectEntity | undefined> {
    const failures = subject.failures + 1;
    const lockedUntilAt = this.policy.lockAfter(failures, this.clock.now()) ?? subject.lockedUntilAt;
    const counted = await this.subjects.countAttempt(subject, lockedUntilAt);
    return counted ? { ...subject, failures, lockedUntilAt } : undefined;
  }

  #freshLock(subject: OtpSubjectEntity): OtpLock | null {
    const lock = lockOf(subject, this.policy, this.clock.now());
    return lock ? { ...lock, fresh: true } : null;
  }
}
