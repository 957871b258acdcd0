import { Injectable } from '@nestjs/common';
import { AccountService, SignInAccount } from '@portillon/account';
import { AuditService, EventName, Reason } from '@portillon/audit';
import type { Client } from '@portillon/http';
import { AppError, Clock, tooMany } from '@portillon/kernel';
import { audited, IpThrottleService, refusalOfState, SignInPolicy } from '@portillon/access';
import type { Admission, OwnFactor } from '@portillon/access';
import type { RecognizedBrowser } from '../session/browser-recognition.service';
import { refusedByRule } from '../means-forbidden';
import { LockNoticeService } from './lock-notice.service';

interface Attempt {
  username: string;
  client: Client;
  account: SignInAccount | undefined;
  known: RecognizedBrowser | undefined;
  /** Whether the password is that of the account. */
  matches: boolean;
  admission: Admission;
}

/** Handles a password that opens no session: one answer for every reason, which only the journal records. */
@Injectable()
export class PasswordRefusalService {
  constructor(
    private readonly accounts: AccountService,
    private readonly policy: SignInPolicy,
    private readonly throttle: IpThrottleService,
    private readonly locks: LockNoticeService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** The password was not even looked at. @throws AppError `attempts.exceeded` */
  async delay(
    { client }: Pick<Attempt, 'client'>,
    account: SignInAccount | undefined,
    retryAt: Date,
  ): Promise<never> {
    await this.#record(client, account, 'authn_login_fail_max', 'delayed');
    throw tooMany('attempts.exceeded', retryAt, this.clock.now(), 'password attempts delayed');
  }

  /** @throws AppError `credentials.rejected`; only with the right password, `means.unavailable` or `identity.unverified` */
  async refuse(attempt: Attempt): Promise<never> {
    const { username, client, account, known, matches, admission } = attempt;
    if (account && matches && !refusalOfState(account))
      return this.#rejectBeforeCode(client, account, admission);
    const reason = reasonOf(account);
    await this.throttle.countFailure('password', client);
    await this.#record(client, account, 'authn_login_fail', matches ? reason : reasonOfWrongPassword(reason));
    this.locks.check({ username, browserId: known?.browser.id ?? null, account, client });
    throw rejected(reason);
  }

  /**
   * Where sent codes no longer open a session, one of the user's `own` factors may. @throws AppError `means.unavailable`,
   * `identity.unverified`
   */
  async requireFactor(account: SignInAccount, own: readonly OwnFactor[], client: Client): Promise<void> {
    const admission = this.policy.judge(account, { means: 'password', own });
    if (!admission.opens) await this.#rejectBeforeCode(client, account, admission);
  }

  /** Deactivated, or given another password, while this one was hashed. @throws AppError `credentials.rejected` */
  async rejectChanged(client: Client, { id }: SignInAccount): Promise<never> {
    const account = await this.accounts.getForSignIn(id);
    await this.#record(client, account, 'authn_login_fail', reasonOf(account));
    throw rejected('the account changed while its password was hashed');
  }

  /** The password was right, and the structure wants another means, or the identity verified. */
  async #rejectBeforeCode(client: Client, account: SignInAccount, admission: Admission): Promise<never> {
    const reason = admission.opens ? 'means-forbidden' : admission.refusal;
    await this.#record(client, account, 'authn_login_fail', reason);
    throw refusedByRule(reason);
  }

  #record(
    client: Client,
    account: SignInAccount | undefined,
    name: EventName,
    reason: Reason,
  ): Promise<void> {
    const event = { name, outcome: 'FAILURE', means: 'password', reason } as const;
    return this.audit.record(audited(client, account, event));
  }
}

/** A void password never matches, not even the one that was right before. */
function reasonOf(account: SignInAccount | undefined): Reason {
  return refusalOfState(account) ?? (account?.passwordVoid ? 'password-void' : 'wrong-password');
}

function reasonOfWrongPassword(reason: Reason): Reason {
  return reason === 'deactivated' ? 'deactivated-wrong-password' : reason;
}

function rejected(detail: string): AppError {
  return new AppError('credentials.rejected', { detail });
}
