import { Injectable } from '@nestjs/common';
import { AccountService } from '@portillon/account';
import { AuditEvent, AuditService } from '@portillon/audit';
import { Client } from '@portillon/http';
import { AppError, Clock } from '@portillon/kernel';
import { CodeCheck, OtpChannel, OtpService } from '@portillon/otp';
import { Database } from '@portillon/persistence';
import {
  NewSession,
  PendingSignIn,
  PendingSignInService,
  Session,
  SessionService,
  TrustedDeviceService,
} from '@portillon/session';
import type { EntityManager } from 'typeorm';
import { audited } from './audit-context';
import { CodeDeliveryService, PendingCode } from './code-delivery.service';
import { CodeRefusalService } from './code-refusal.service';
import { codeUse } from './code-use';
import { IN_NEW_BROWSER } from './new-browser.job';
import { deviceOf, principalOf } from './principal';
import { SignInPolicy } from './sign-in.policy';
import { personOf } from './step-up.service';

export interface CodeSignInRequest {
  signInToken: string | undefined;
  code: string;
  rememberBrowser: boolean;
  client: Client;
  /** What this browser remembers of its people. */
  browserCookie: string | undefined;
}

export interface CodeSignInResult {
  session: Session;
  sessionToken: string;
  /** Nothing when the person did not want this browser to remember the code. */
  browserToken?: string;
}

type Accepted = Extract<CodeCheck, { status: 'accepted' }>;

const BY_PASSWORD = { means: 'password' };

/** The second step of a sign-in: the one-time code. */
@Injectable()
export class CodeSignInService {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountService,
    private readonly otp: OtpService,
    private readonly pendingSignIns: PendingSignInService,
    private readonly sessions: SessionService,
    private readonly trustedDevices: TrustedDeviceService,
    private readonly policy: SignInPolicy,
    private readonly codes: CodeDeliveryService,
    private readonly refusals: CodeRefusalService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /**
   * Opens the session, for the right code and once; every attempt is counted before it is answered.
   *
   * @throws AppError `sign-in.required`, `code.rejected`, `code.expired`, `code.exhausted`, `attempts.exceeded`
   */
  async submit(submission: CodeSignInRequest): Promise<CodeSignInResult> {
    const signIn = await this.#inProgress(submission.signInToken);
    const checked = await this.otp.check({ purpose: 'sign-in', binding: signIn.id, code: submission.code });
    if (checked.status !== 'accepted')
      return this.refusals.refuse(checked, personOf(signIn), submission.client, BY_PASSWORD);
    return this.database.transaction((tx) => this.#complete(submission, signIn, checked, tx));
  }

  /**
   * Writes another code for the sign-in in progress; the one before is void.
   *
   * @throws AppError `sign-in.required`, `channel.unavailable`, `resend.too-soon`, `attempts.exceeded`
   */
  async resend(
    signInToken: string | undefined,
    channel: OtpChannel | undefined,
    client: Client,
  ): Promise<PendingCode> {
    const signIn = await this.#inProgress(signInToken);
    const account = await this.accounts.get(signIn.accountId);
    // The structure may have changed what it asks since the password was given.
    if (!this.policy.admits(account) || this.policy.forbids('password', account)) throw signInRequired();
    const request = { purpose: 'sign-in', binding: signIn.id, account, channel, client } as const;
    return this.codes.deliver(await this.database.transaction((tx) => this.codes.issue(request, tx)));
  }

  async #inProgress(token: string | undefined): Promise<PendingSignIn> {
    const signIn = await this.pendingSignIns.find(token);
    if (!signIn) throw signInRequired();
    return signIn;
  }

  /** Each step is refused by an error, which undoes those before it. */
  async #complete(
    submission: CodeSignInRequest,
    signIn: PendingSignIn,
    accepted: Accepted,
    tx: EntityManager,
  ): Promise<CodeSignInResult> {
    const acceptedAt = this.clock.now();
    // What the session opens with is what the account is now, not what it was when the password was given.
    const account = await this.accounts.recordSignIn(signIn.accountId, acceptedAt, tx);
    if (!account) throw signInRequired();
    // Two requests with the same right code: one consumes it, the other finds it gone.
    if (!(await this.otp.consume(accepted, tx)))
      throw new AppError('code.rejected', 'unauthenticated');
    // A deactivation since the password ended the sign-in.
    if (!(await this.pendingSignIns.complete(signIn, tx))) throw signInRequired();
    const browser = await this.#remember(submission, signIn, acceptedAt, tx);
    const principal = principalOf(account, this.policy.codeLimit('password', account));
    const opening = this.#opening(submission, { ...signIn, principal }, acceptedAt, browser?.id ?? null);
    const opened = await this.sessions.open(opening, tx);
    await this.#audit(submission.client, signIn, success(signIn, accepted, acceptedAt), tx);
    return { session: opened.session, sessionToken: opened.token, browserToken: browser?.token };
  }

  /** The browser that this sign-in is remembered in: a known one with its next token, or a new one. */
  async #remember(
    submission: CodeSignInRequest,
    signIn: PendingSignIn,
    codeAcceptedAt: Date,
    tx: EntityManager,
  ): Promise<{ id: string; token: string } | undefined> {
    if (!submission.rememberBrowser) return undefined;
    const known = this.trustedDevices.tokenIn(submission.browserCookie, signIn.browserId);
    const token = known && (await this.trustedDevices.rotate(known, { codeAcceptedAt }, tx));
    if (token && signIn.browserId) return { id: signIn.browserId, token };
    const device = deviceOf(submission.client);
    return this.trustedDevices.remember({ accountId: signIn.accountId, codeAcceptedAt, device }, tx);
  }

  #opening(
    submission: CodeSignInRequest,
    signIn: PendingSignIn,
    codeAcceptedAt: Date,
    browserId: string | null,
  ): NewSession {
    return {
      principal: signIn.principal,
      means: 'password',
      acr: null,
      amr: [...signIn.amr, 'otp'],
      codeAcceptedAt,
      codeValidUntilAt: this.policy.codeValidUntil(codeAcceptedAt, signIn.principal.codeLimit),
      browserId,
      device: deviceOf(submission.client),
    };
  }

  #audit(
    client: Client,
    signIn: PendingSignIn,
    event: Pick<AuditEvent, 'name' | 'outcome' | 'channel' | 'data'>,
    tx: EntityManager,
  ): Promise<void> {
    return this.audit.record(audited(client, personOf(signIn), { ...event, ...BY_PASSWORD }), tx);
  }
}

function success(signIn: PendingSignIn, accepted: Accepted, acceptedAt: Date) {
  const { channel, data } = codeUse(accepted, acceptedAt);
  const facts = signIn.browserId === null ? { ...data, ...IN_NEW_BROWSER } : data;
  return { name: 'authn_login_success', outcome: 'SUCCESS', channel, data: facts } as const;
}

function signInRequired(): AppError {
  return new AppError('sign-in.required', 'unauthenticated');
}
