import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import {
  Admission,
  audited,
  IpThrottleService,
  holderOf,
  refusalOfState,
  SignInPolicy,
  type OwnFactor,
  type Turn,
} from '@portillon/access';
import { Account, AccountService, SignInAccount } from '@portillon/account';
import { AuditService, EventName, Reason } from '@portillon/audit';
import { PasswordAttemptService, PasswordHashingService } from '@portillon/credential';
import type { Client } from '@portillon/http';
import { AppError, Clock, tooMany } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import type { Session } from '@portillon/session';
import { refusedByRule } from '../means-forbidden';
import { BrowserRecognitionService, RecognizedBrowser } from '../session/browser-recognition.service';
import { LockNoticeService } from './lock-notice.service';

export interface PasswordRequest {
  username: string;
  password: string;
  client: Client;
  /** The cookie of the accounts that this browser remembers. */
  browserCookie: string | undefined;
}

/** The right password of an account that may enter, and what its sign-in still needs. */
export interface PasswordChecked {
  account: SignInAccount;
  known: RecognizedBrowser | undefined;
  admission: Admission & { opens: true };
}

/**
 * Time of every refusal while an account has a password that moved in: longer than the check of any format that moves in,
 * so that the time reveals neither the format nor whether the account exists.
 */
const REFUSAL_MS = 1_000;

/** Whether a password is that of its account, and whether the account may enter. */
interface Evaluation {
  matches: boolean;
  admission: Admission;
}

/**
 * Checks passwords: at a sign-in, at one cost whatever name is given, and again in a session. There is one answer for every
 * refusal; only the journal has the reason.
 */
@Injectable()
export class PasswordCheckService {
  constructor(
    private readonly accounts: AccountService,
    private readonly passwords: PasswordHashingService,
    private readonly attempts: PasswordAttemptService,
    private readonly throttle: IpThrottleService,
    private readonly browsers: BrowserRecognitionService,
    private readonly policy: SignInPolicy,
    private readonly lockNotices: LockNoticeService,
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `credentials.rejected`, `attempts.exceeded`, `means.unavailable`, `identity.unverified`, `service.busy` */
  async check(request: PasswordRequest): Promise<PasswordChecked> {
    const begun = performance.now();
    try {
      return await this.#checkInTurn(request);
    } catch (error) {
      if (isRejection(error) && (await this.accounts.hasMovedPassword()))
        await sleep(Math.max(0, REFUSAL_MS - (performance.now() - begun)));
      throw error;
    }
  }

  /**
   * Verifies the current password of a signed-in user. Counts attempts like a sign-in, with a separate limit for the session:
   * a stolen session cannot guess without end. A right password is never a failure, even when the following action fails.
   *
   * @throws AppError `password.wrong`, `attempts.exceeded`, `service.busy`
   */
  async confirm(session: Session, account: Account, password: string, client: Client): Promise<void> {
    const { username } = account;
    const bucket = session.browserId ?? session.id;
    const attempt = await this.attempts.begin(username, bucket);
    if (attempt.status === 'delayed') throw tooMany('attempts.exceeded', attempt.retryAt, this.clock.now());
    const isRight = () => this.#isCurrent(account, bucket, password);
    if (await this.#counted({ username, browserId: bucket }, isRight)) return;
    const reason = account.passwordVoid ? 'password-void' : 'wrong-password';
    const event = { name: 'authn_password_change_fail', outcome: 'FAILURE', reason } as const;
    await this.audit.record(audited(client, holderOf(session), event));
    this.lockNotices.check({ username, browserId: bucket, account, client });
    throw wrongPassword();
  }

  /**
   * Where sent codes no longer open a session, one of the user's `own` factors may. @throws AppError `means.unavailable`,
   * `identity.unverified`
   */
  async requireFactor(account: SignInAccount, own: readonly OwnFactor[], client: Client): Promise<void> {
    const admission = this.policy.judge(account, { means: 'password', own });
    if (!admission.opens) await this.#refuseByRule(client, account, admission);
  }

  /** Takes the attempt back when what the right password opens failed: the password was not wrong. */
  refund({ account, known }: PasswordChecked): Promise<void> {
    return this.attempts.refund(account.username, known?.browser.id ?? null);
  }

  /** Deactivated, or given another password, while this one was hashed. @throws AppError `credentials.rejected` */
  async refuseChanged(client: Client, { id }: SignInAccount): Promise<never> {
    const account = await this.accounts.getForSignIn(id);
    await this.#record(client, account, 'authn_login_fail', reasonOf(account));
    throw rejected('the account changed while its password was hashed');
  }

  async #checkInTurn(request: PasswordRequest): Promise<PasswordChecked> {
    const { username, client, browserCookie } = request;
    const account = await this.accounts.findForSignIn(username);
    const known = await this.browsers.recognise(browserCookie, account, client);
    // A browser that the user has used before has a separate budget: guesses of a neighbour do not use it up.
    const turn = known ? undefined : await this.#takeTurn(username, client);
    let isWrong = false;
    try {
      return await this.#check(request, account, known);
    } catch (error) {
      isWrong = isRejection(error);
      throw error;
    } finally {
      // A password that was right, or that was not looked at, used up no turn.
      if (turn && !isWrong) await this.throttle.giveBack(turn);
    }
  }

  /**
   * Turns of a crowded address go round by the typed name, whether or not an account has it: one that waits for its own
   * wrong passwords takes none from its neighbours.
   */
  async #takeTurn(username: string, client: Client): Promise<Turn | undefined> {
    if (!(await this.throttle.isCrowded('password', client))) return undefined;
    return this.throttle.takeTurn('password', client, await this.attempts.delayedUntil(username));
  }

  async #check(
    request: PasswordRequest,
    account: SignInAccount | undefined,
    known: RecognizedBrowser | undefined,
  ): Promise<PasswordChecked> {
    const { username, password, client } = request;
    const browserId = known?.browser.id ?? null;
    const attempt = await this.attempts.begin(username, browserId);
    if (attempt.status === 'delayed') return this.#refuseDelayed(client, account, attempt.retryAt);
    const evaluate = () => this.#evaluate(password, account, known);
    const evaluated = await this.#counted({ username, browserId }, evaluate);
    const { admission } = evaluated;
    if (account && admission.opens) return { account, known, admission };
    return this.#refuse(request, account, browserId, evaluated);
  }

  /** Runs the check of a password that was counted. Takes the attempt back when the check itself fails. */
  async #counted<Result>(
    { username, browserId }: { username: string; browserId: string | null },
    check: () => Promise<Result>,
  ): Promise<Result> {
    try {
      return await check();
    } catch (error) {
      await this.attempts.refund(username, browserId);
      throw error;
    }
  }

  async #evaluate(
    password: string,
    account: SignInAccount | undefined,
    known: RecognizedBrowser | undefined,
  ): Promise<Evaluation> {
    const matches = await this.passwords.verify(account?.passwordDigest, password);
    // A wrong password is not judged: that would cost a statement for the names that exist.
    const owner = matches ? account : undefined;
    const acceptedAt = owner ? await this.browsers.acceptedAt(owner, known) : null;
    const admission = this.policy.judge(owner, { means: 'password', acceptedAt });
    // A rule may refuse the means, but the digest that moved in need not stay.
    if (owner && !refusalOfState(owner) && this.passwords.needsRehash(owner.passwordDigest!))
      await this.accounts.rehash(owner.id, owner.passwordDigest!, await this.passwords.hash(password));
    return { matches, admission };
  }

  async #isCurrent(
    { username, passwordDigest }: Account,
    bucket: string,
    password: string,
  ): Promise<boolean> {
    if (!(await this.passwords.verify(passwordDigest, password))) return false;
    await this.transactions.run((tx) => this.attempts.succeeded(username, bucket, tx));
    return true;
  }

  /** The password was not even looked at. @throws AppError `attempts.exceeded` */
  async #refuseDelayed(client: Client, account: SignInAccount | undefined, retryAt: Date): Promise<never> {
    await this.#record(client, account, 'authn_login_fail_max', 'delayed');
    throw tooMany('attempts.exceeded', retryAt, this.clock.now(), 'password attempts delayed');
  }

  /** @throws AppError `credentials.rejected`; only with the right password, `means.unavailable` or `identity.unverified` */
  async #refuse(
    { username, client }: PasswordRequest,
    account: SignInAccount | undefined,
    browserId: string | null,
    { matches, admission }: Evaluation,
  ): Promise<never> {
    if (account && matches && !refusalOfState(account)) return this.#refuseByRule(client, account, admission);
    const reason = reasonOf(account);
    await this.throttle.countFailure('password', client);
    await this.#record(client, account, 'authn_login_fail', matches ? reason : reasonOfWrongPassword(reason));
    this.lockNotices.check({ username, browserId, account, client });
    throw rejected(reason);
  }

  /** The password was right, and the structure wants another means, or the identity verified. */
  async #refuseByRule(client: Client, account: SignInAccount, admission: Admission): Promise<never> {
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

/** The error for any wrong current password. */
export function wrongPassword(): AppError {
  return new AppError('password.wrong', {
    errors: [{ field: 'currentPassword', code: 'wrong', message: '' }],
  });
}

/** A void password never matches, not even the one that was right before. */
function reasonOf(account: SignInAccount | undefined): Reason {
  return refusalOfState(account) ?? (account?.passwordVoid ? 'password-void' : 'wrong-password');
}

function reasonOfWrongPassword(reason: Reason): Reason {
  return reason === 'deactivated' ? 'deactivated-wrong-password' : reason;
}

function isRejection(error: unknown): boolean {
  return error instanceof AppError && error.code === 'credentials.rejected';
}

function rejected(detail: string): AppError {
  return new AppError('credentials.rejected', { detail });
}
