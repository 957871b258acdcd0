import { Injectable } from '@nestjs/common';
import { audited } from '@portillon/access';
import type { Account } from '@portillon/account';
import { AuditFacts, AuditService, EventName } from '@portillon/audit';
import type { Client } from '@portillon/http';
import { AppError, Clock, proofBy, reachesPhone, SECOND, tooMany } from '@portillon/kernel';
import { NotificationService } from '@portillon/notification';
import { CodeAccepted, CodeCheck, OtpPolicy, OtpService, OtpSubmission } from '@portillon/otp';
import { NoticeKind, SecurityNoticeService } from '@portillon/security-notice';
import type { SessionProof } from '@portillon/session';
import type { EntityManager } from 'typeorm';

/** A second factor that was right: a code that we sent, one of an authenticator app, or a recovery code. */
export interface GivenFactor {
  /** The data that the session stores. */
  proof: SessionProof;
  /** The data that the journal stores. */
  facts: Pick<AuditFacts, 'channel' | 'data'>;
}

export type RefusedCode = Exclude<CodeCheck, { status: 'accepted' }>;
export type RefusedPerson = Pick<Account, 'id' | 'structure'>;
export type RefusalFacts = { means?: string; channel?: string };

/** Verifies a code of any purpose, and consumes it with what it opens. */
@Injectable()
export class CodeCheckService {
  constructor(
    private readonly otp: OtpService,
    private readonly policy: OtpPolicy,
    private readonly notifications: NotificationService,
    private readonly notices: SecurityNoticeService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /**
   * Returns the accepted code, which the caller must still {@link consume}. The attempt is counted and committed before the
   * code is compared. A code with the wrong number of digits is refused and costs no attempt.
   *
   * @throws AppError `validation.failed`, `code.rejected`, `code.expired`, `code.exhausted`, `attempts.exceeded`,
   * `service.busy`
   */
  async verify(
    submission: OtpSubmission,
    person: RefusedPerson,
    client: Client,
    facts: RefusalFacts = {},
  ): Promise<CodeAccepted> {
    if (submission.code.length !== this.policy.options.digits) throw notACode();
    const checked = await this.otp.check(submission);
    return checked.status === 'accepted' ? checked : this.refuse(checked, person, client, facts);
  }

  /** Consumes the code in the caller's transaction. @throws AppError `code.rejected` to all callers but the first */
  async consume(accepted: CodeAccepted, tx: EntityManager): Promise<void> {
    if (!(await this.otp.consume(accepted, tx))) throw new AppError('code.rejected');
    if (reachesPhone(accepted.channel)) await this.notifications.recordAnswer(accepted.challengeId, tx);
  }

  /** Takes the attempt back when what the code opens failed. A code that another caller consumed stays counted. */
  async refundAfter(error: unknown, accepted: CodeAccepted): Promise<void> {
    if (error instanceof AppError && error.code === 'code.rejected') return;
    await this.otp.refund(accepted).catch(() => undefined);
  }

  /** A code that we sent, as the second factor of a sign-in or of a session. */
  factorOf(accepted: CodeAccepted): GivenFactor {
    return { proof: proofBy(accepted.channel), facts: codeUse(accepted, this.clock.now()) };
  }

  /**
   * Records a refused code in the journal, and notifies the account holder of a lock.
   *
   * @throws AppError always: `code.rejected`, `code.expired`, `code.exhausted`, `attempts.exceeded`
   */
  async refuse(
    outcome: RefusedCode,
    person: RefusedPerson,
    client: Client,
    facts: RefusalFacts = {},
  ): Promise<never> {
    await this.audit.record(audited(client, person, { ...facts, ...failureOf(outcome) }));
    const kind = noticeOf(outcome);
    const until = outcome.status === 'locked' ? (outcome.retryAt ?? undefined) : undefined;
    if (kind) await this.notices.notify(kind, person, { client, until });
    throw this.#errorOf(outcome);
  }

  /** Records a code that was used before, or whose sign-in is over: a replay, or a second click. */
  async recordReplay(person: RefusedPerson, client: Client, facts: RefusalFacts): Promise<void> {
    await this.audit.record(audited(client, person, { ...facts, ...failureOf({ status: 'none' }) }));
  }

  #errorOf(outcome: RefusedCode): AppError {
    switch (outcome.status) {
      case 'rejected':
        return new AppError('code.rejected', { data: { attemptsLeft: outcome.attemptsLeft } });
      case 'expired':
        return new AppError('code.expired');
      case 'exhausted':
        return new AppError('code.exhausted', { data: { attemptsLeft: 0 } });
      case 'locked':
        return codeLocked(outcome.retryAt, this.clock.now());
      case 'none':
        return new AppError('code.expired', { detail: 'no open challenge' });
    }
  }
}

/** The journal facts of a used code, for statistics: its channel, and the time since it was sent. */
export function codeUse(
  accepted: Pick<CodeAccepted, 'channel' | 'sentAt'>,
  usedAt: Date,
): Pick<AuditFacts, 'channel' | 'data'> {
  const age = usedAt.getTime() - accepted.sentAt.getTime();
  return { channel: accepted.channel, data: { codeAgeSeconds: Math.max(0, Math.round(age / SECOND)) } };
}

/** Returns the refusal while the code step of an account is locked: until a time, or until an administrator reopens it. */
export function codeLocked(retryAt: Date | null, now: Date): AppError {
  if (retryAt) return tooMany('attempts.exceeded', retryAt, now, 'code step locked');
  return new AppError('code.exhausted', { detail: 'code step locked until reopened' });
}

/** The journal event of a refused code. The attempt that locks the code step has a separate event. */
function failureOf(refused: RefusedCode) {
  const locked = refused.status === 'locked' && refused.fresh;
  const name: EventName = locked ? 'authn_code_lock' : 'authn_code_fail';
  const channel = 'channel' in refused ? { channel: refused.channel } : {};
  return { name, outcome: 'FAILURE', reason: refused.status, ...channel } as const;
}

/** The notice is sent once: for the attempt that caused the lock, not for later ones. */
function noticeOf(outcome: RefusedCode): NoticeKind | undefined {
  if (outcome.status === 'locked' && outcome.fresh) return 'account-locked';
  return outcome.status === 'rejected' && outcome.attemptsLeft === 0 ? 'codes-exhausted' : undefined;
}

function notACode(): AppError {
  return new AppError('validation.failed', { errors: [{ field: 'code', code: 'format', message: '' }] });
}
