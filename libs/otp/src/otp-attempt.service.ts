import { Injectable } from '@nestjs/common';
import { Clock } from '@portillon/kernel';
import { optimisticRetry } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { lockOf, withoutAttempt } from './otp-lock.policy';
import type { OtpSubjectEntity } from './otp-subject.entity';
import { OtpSubjectRepository } from './otp-subject.repository';
import { OtpPolicy } from './otp.policy';
import type { AttemptCount, OtpLock } from './otp.types';

/**
 * The attempts at codes that this lib does not send, such as those of an authenticator app: they are counted on the
 * person with those at codes that were sent, and lock the code step with them.
 */
@Injectable()
export class OtpAttemptService {
  constructor(
    private readonly subjects: OtpSubjectRepository,
    private readonly policy: OtpPolicy,
    private readonly clock: Clock,
  ) {}

  /**
   * Counts an attempt and commits: the code is compared after that. The lock where the code step is locked already.
   *
   * @throws AppError `service.busy` when too many attempts at once get in each other's way
   */
  count(subjectId: string): Promise<AttemptCount> {
    return optimisticRetry(() => this.#tryCount(subjectId), 'too many codes tried at once');
  }

  /** Forgets the person's failures, with what the right code opens. */
  forgive(subjectId: string, tx: EntityManager): Promise<void> {
    return this.subjects.forgive(subjectId, tx);
  }

  /** The attempt could not be judged, or what the right code opens failed: it counts no more. */
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

  /** The subject after it; nothing when another attempt was counted first. */
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
