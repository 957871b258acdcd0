import { Injectable } from '@nestjs/common';
import type { Client } from '@portillon/http';
import { AppError, reachesPhone } from '@portillon/kernel';
import { NotificationService } from '@portillon/notification';
import { CodeAccepted, OtpPolicy, OtpService, OtpSubmission } from '@portillon/otp';
import type { EntityManager } from 'typeorm';
import { CodeRefusalService, RefusalFacts, RefusedPerson } from './code-refusal.service';

/** Checks a code of any purpose, and consumes it. */
@Injectable()
export class CodeCheckService {
  constructor(
    private readonly otp: OtpService,
    private readonly policy: OtpPolicy,
    private readonly refusals: CodeRefusalService,
    private readonly notifications: NotificationService,
  ) {}

  /**
   * Returns the accepted code, which the caller must still {@link consume}. The attempt is counted and committed before the
   * code is compared. A code with the wrong number of digits is refused and costs no attempt.
   *
   * @throws AppError `validation.failed`, `code.rejected`, `code.expired`, `code.exhausted`, `attempts.exceeded`,
   * `service.busy`
   */
  async check(
    submission: OtpSubmission,
    person: RefusedPerson,
    client: Client,
    facts: RefusalFacts = {},
  ): Promise<CodeAccepted> {
    if (submission.code.length !== this.policy.options.digits) throw notACode();
    const checked = await this.otp.check(submission);
    return checked.status === 'accepted' ? checked : this.refusals.refuse(checked, person, client, facts);
  }

  /** Returns the result that the right code opens. When that fails, restores the code unless another caller used it. */
  async settle<Opened>(accepted: CodeAccepted, opened: Promise<Opened>): Promise<Opened> {
    try {
      return await opened;
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'code.rejected'))
        await this.otp.refund(accepted).catch(() => undefined);
      throw error;
    }
  }

  /** Consumes the code in the caller's transaction. @throws AppError `code.rejected` to all callers but the first */
  async consume(accepted: CodeAccepted, tx: EntityManager): Promise<void> {
    if (!(await this.otp.consume(accepted, tx))) throw new AppError('code.rejected');
    if (reachesPhone(accepted.channel)) await this.notifications.recordAnswer(accepted.challengeId, tx);
  }
}

function notACode(): AppError {
  return new AppError('validation.failed', { errors: [{ field: 'code', code: 'format', message: '' }] });
}
