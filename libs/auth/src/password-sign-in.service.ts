import { Injectable } from '@nestjs/common';
import { Account, AccountService, PasswordAttemptService, PasswordHashingService } from '@portillon/account';
import { AuditService, EventName, Reason } from '@portillon/audit';
import { Client } from '@portillon/http';
import { AppError, Clock, tooMany } from '@portillon/kernel';
import { Database } from '@portillon/persistence';
import {
  NewPendingSignIn,
  NewSession,
  PendingSignInService,
  Session,
  SessionService,
  TrustedDevice,
  TrustedDeviceService,
} from '@portillon/session';
import type { EntityManager } from 'typeorm';
import { audited } from './audit-context';
import { CodeDeliveryService, PendingCode } from './code-delivery.service';
import { IpThrottleService } from './ip-throttle.service';
import { LockNoticeService } from './lock-notice.service';
import { deviceOf, principalOf } from './principal';
import { SecurityNoticeService } from './security-notice.service';
import { SignInDecision, SignInPolicy } from './sign-in.policy';

export interface PasswordSignInRequest {
  username: string;
  password: string;
  client: Client;
  /** What this browser remembers of its people. */
  browserCookie: string | undefined;
}

export type PasswordSignInResult =
  { status: 'signed-in'; session: Session; sessionToken: string; browserToken?: string } | CodeRequiredResult;

interface CodeRequiredResult {
  status: 'code-required';
  signInToken: string;
  pending: PendingCode;
}

/** An id that no account has. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

type RecognisedDevice = { browser: TrustedDevice; token: string } | undefined;

/** The first step of a sign-in: user name and password. */
@Injectable()
export class PasswordSignInService {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountService,
    private readonly passwords: PasswordHashingService,
    private readonly attempts: PasswordAttemptService,
    private readonly throttle: IpThrottleService,
    private readonly trustedDevices: TrustedDeviceService,
    private readonly pendingSignIns: PendingSignInService,
    private readonly sessions: SessionService,
    private readonly policy: SignInPolicy,
    private readonly codes: CodeDeliveryService,
    private readonly lockNotices: LockNoticeService,
    private readonly notices: SecurityNoticeService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /**
   * Checks the password at one cost whoever is named, then opens a session or a sign-in in progress whose code is
   * written and still to be delivered.
   *
   * @throws AppError `credentials.rejected`, `attempts.exceeded`, `means.unavailable`, `service.busy`
   */
  async signIn(request: PasswordSignInRequest): Promise<PasswordSignInResult> {
    const [account, pace] = await Promise.all([
      this.accounts.findByUsername(request.username),
      this.throttle.delayFor('password', request.client),
    ]);
    const known = await this.#recognise(request, account);
    // A browser that the person signed in on has a budget of its own: no neighbour's guesses use it up.
    if (!known) await this.throttle.enforce('password', request.client, pace);
    await this.#countAttempt(request, account, known);
    const matches = await this.passwords.verify(account?.passwordDigest, request.password);
    // Nobody whose password is wrong is decided on: it would cost a statement for the names that exist.
    const decision = await this.policy.decide('password', matches ? account : undefined, rememberedAt(known));
    if (!account || decision.status === 'refused') return this.#refuse(request, account, matches, known);
    if (this.passwords.needsRehash(account.passwordDigest!)) await this.#rehash(account, request.password);
    if (decision.status === 'code-required') return this.#askForCode(request, account, known);
    const signedIn = await this.#signIn(request, account, decision, known);
    return signedIn ?? this.#askForCode(request, account, known);
  }

  /** A name that nobody bears is looked up as one that somebody does: the time tells nothing. */
  async #recognise(request: PasswordSignInRequest, account: Account | undefined): Promise<RecognisedDevice> {
    const outcome = await this.trustedDevices.recognise(request.browserCookie, account?.id ?? NOBODY);
    if (outcome.status === 'recognised') return outcome;
    if (outcome.status === 'reused' && account)
      await this.#endCopiedBrowser(request, account, outcome.browserId);
    return undefined;
  }

  /** An older secret was presented: the cookie was copied, so neither copy is believed any more. */
  async #endCopiedBrowser(
    request: PasswordSignInRequest,
    account: Account,
    browserId: string,
  ): Promise<void> {
    await this.trustedDevices.end(browserId, 'reused');
    const event = { name: 'browser_reuse_detected', outcome: 'FAILURE', data: { browserId } } as const;
    await this.audit.record(audited(request.client, account, event));
    await this.notices.notify('browser-reuse', account, { client: request.client }, this.database.manager);
  }

  async #countAttempt(
    request: PasswordSignInRequest,
    account: Account | undefined,
    known: RecognisedDevice,
  ): Promise<void> {
    const attempt = await this.attempts.begin(request.username, known?.browser.id ?? null);
    if (attempt.status === 'allowed') return;
    await this.#auditFailure(request, account, 'authn_login_fail_max', 'delayed');
    throw tooMany('attempts.exceeded', attempt.retryAt, this.clock.now(), 'password attempts delayed');
  }

  async #refuse(
    request: PasswordSignInRequest,
    account: Account | undefined,
    matches: boolean,
    known: RecognisedDevice,
  ): Promise<never> {
    if (matches && this.policy.admits(account)) return this.#turnAway(request, account);
    const reason = this.policy.refusal(account) ?? 'wrong-password';
    await this.throttle.countFailure('password', request.client);
    await this.#auditFailure(
      request,
      account,
      'authn_login_fail',
      reason === 'deactivated' && !matches ? 'deactivated-wrong-password' : reason,
    );
    const { username, client } = request;
    this.lockNotices.check({ username, browserId: known?.browser.id ?? null, account, client });
    throw rejected(reason);
  }

  /** Only whoever knows the password is told that the structure wants another means: nobody learns a name by it. */
  async #turnAway(request: PasswordSignInRequest, account: Account): Promise<never> {
    await this.#auditFailure(request, account, 'authn_login_fail', 'means-forbidden');
    throw new AppError('means.unavailable', 'forbidden', { detail: 'the structure wants Pro Santé Connect' });
  }

  #askForCode(
    request: PasswordSignInRequest,
    checked: Account,
    known: RecognisedDevice,
  ): Promise<PasswordSignInResult> {
    return this.database.transaction((tx) => this.#start(request, checked, known?.browser.id ?? null, tx));
  }

  /** The address, the number and the roles are those of now, not those read before the password was checked. */
  async #start(
    { client }: PasswordSignInRequest,
    checked: Account,
    browserId: string | null,
    tx: EntityManager,
  ): Promise<PasswordSignInResult> {
    const account = await this.accounts.holdForSignIn(checked.id, checked.passwordChangedAt, tx);
    if (!account) throw rejected('deactivated meanwhile');
    await this.attempts.succeeded(checked.username, browserId, tx);
    const principal = principalOf(account, this.policy.codeLimit('password', account));
    const start: NewPendingSignIn = { principal, means: 'password', amr: ['pwd'], browserId };
    const { signIn, token } = await this.pendingSignIns.start(start, tx);
    const code = { purpose: 'sign-in', binding: signIn.id, account, client } as const;
    return { status: 'code-required', signInToken: token, pending: await this.codes.issue(code, tx) };
  }

  /** Opens the session, or nothing when the browser or the account was ended since they were read. */
  async #signIn(
    request: PasswordSignInRequest,
    checked: Account,
    decision: Extract<SignInDecision, { status: 'complete' }>,
    known: RecognisedDevice,
  ): Promise<PasswordSignInResult | undefined> {
    return this.database.transaction(async (tx) => {
      if (!(await this.accounts.holdForSignIn(checked.id, checked.passwordChangedAt, tx))) return undefined;
      // Without a remembered browser the code was given in another of the person's, where the deployment allows that.
      const browserToken = known && (await this.trustedDevices.rotate(known.token, {}, tx));
      if (known && !browserToken) return undefined;
      await this.attempts.succeeded(checked.username, known?.browser.id ?? null, tx);
      const account = await this.accounts.recordSignIn(checked.id, this.clock.now(), tx);
      if (!account) return undefined;
      const event = { name: 'authn_login_success', outcome: 'SUCCESS', means: 'password' } as const;
      const entry = audited(request.client, account, {
        ...event,
        data: { codeWaivedBy: 'remembered-browser' },
      });
      const opened = await this.sessions.open(this.#opening(request, account, decision, known), tx);
      await this.audit.record(entry, tx);
      return {
        status: 'signed-in',
        session: opened.session,
        sessionToken: opened.token,
        browserToken,
      } as const;
    });
  }

  #opening(
    request: PasswordSignInRequest,
    account: Account,
    decision: Extract<SignInDecision, { status: 'complete' }>,
    known: RecognisedDevice,
  ): NewSession {
    return {
      principal: principalOf(account, this.policy.codeLimit('password', account)),
      means: 'password',
      acr: null,
      amr: ['pwd'],
      codeAcceptedAt: decision.codeAcceptedAt,
      codeValidUntilAt: decision.codeValidUntilAt,
      browserId: known?.browser.id ?? null,
      device: deviceOf(request.client),
    };
  }

  async #rehash(account: Account, password: string): Promise<void> {
    await this.accounts.rehash(account.id, account.passwordDigest!, await this.passwords.hash(password));
  }

  #auditFailure(
    request: PasswordSignInRequest,
    account: Account | undefined,
    name: EventName,
    reason: Reason,
  ): Promise<void> {
    const event = { name, outcome: 'FAILURE', means: 'password', reason } as const;
    return this.audit.record(audited(request.client, account, event));
  }
}

/** When the code that still holds in this browser was accepted. */
function rememberedAt(known: RecognisedDevice): Date | null {
  return known?.browser.codeStillValid ? known.browser.codeAcceptedAt : null;
}

function rejected(detail: string): AppError {
  return new AppError('credentials.rejected', 'unauthenticated', { detail });
}
