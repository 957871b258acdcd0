import { Injectable } from '@nestjs/common';
import {
  audited,
  CodeTimePolicy,
  deviceOf,
  holderOf,
  principalOf,
  SignInPolicy,
  WorkplaceService,
} from '@portillon/access';
import type { Admission, PresentedPasskey, Refusal } from '@portillon/access';
import { AccountService, SignInAccount } from '@portillon/account';
import { AuditFacts, AuditService } from '@portillon/audit';
import type { Client } from '@portillon/http';
import { AppError, Clock, isAmong } from '@portillon/kernel';
import {
  amrOfFactor,
  CodeLimit,
  NewSession,
  PendingSignIn,
  PendingSignInService,
  Session,
  SessionService,
  TrustedDeviceService,
  confirmed,
  SessionChanges,
} from '@portillon/session';
import type { EntityManager } from 'typeorm';
import type { GivenFactor } from '../code/code-check.service';
import { IN_NEW_BROWSER } from './new-browser.job';

/** The proof, its account and its client. The account itself is read when the session opens. */
export interface SessionOpening extends Pick<
  NewSession,
  'means' | 'acr' | 'amr' | 'activity' | 'proof' | 'codeAcceptedAt' | 'authenticatedAt' | 'browserId'
> {
  accountId: string;
  /** The account as it was read with the password, which may have changed since. */
  read?: SignInAccount;
  client: Client;
  /** The passkey that was presented, which the structure may not take. */
  passkey?: PresentedPasskey;
  /** Whether the browser is new to the account, remembered or not. */
  inNewBrowser?: boolean;
  /** For the line of the journal. */
  facts?: Pick<AuditFacts, 'channel' | 'data'>;
}

export interface OpenedSession {
  account: SignInAccount;
  session: Session;
  sessionToken: string;
}

/** Where the second factor of a sign-in was given. */
export interface CompletionPlace {
  rememberBrowser: boolean;
  client: Client;
  /** The cookie of the accounts that this browser remembers. */
  browserCookie: string | undefined;
}

export interface CompletedSignIn {
  session: Session;
  sessionToken: string;
  /** Undefined when the user does not want this browser to be remembered, or when several users share it. */
  browserToken?: string;
}

export interface SteppedUp {
  session: Session;
  sessionToken: string;
}

/** Thrown inside the transaction that would open a session, to undo it: the account may not sign in. */
export class SignInRefused extends Error {
  constructor(
    readonly account: SignInAccount | undefined,
    readonly reason: Refusal,
  ) {
    super(reason);
  }
}

/** The end of every sign-in and of every step-up: the session that it opens or renews, and all that comes with it. */
@Injectable()
export class SignInCompletionService {
  constructor(
    private readonly pendingSignIns: PendingSignInService,
    private readonly trustedDevices: TrustedDeviceService,
    private readonly accounts: AccountService,
    private readonly sessions: SessionService,
    private readonly workplaces: WorkplaceService,
    private readonly policy: SignInPolicy,
    private readonly times: CodeTimePolicy,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /**
   * Opens all that a right second factor opens, in the transaction that used the factor up. An error undoes both.
   *
   * @throws AppError `sign-in.required` when the sign-in is over, or the account may no longer enter
   */
  async complete(
    signIn: PendingSignIn,
    factor: GivenFactor,
    place: CompletionPlace,
    tx: EntityManager,
  ): Promise<CompletedSignIn> {
    const acceptedAt = this.clock.now();
    if (!(await this.pendingSignIns.complete(signIn, tx))) throw signInRequired();
    const browser = await this.#remember(signIn, place, acceptedAt, tx);
    const opening = openingOf(signIn, factor, place.client, acceptedAt, browser?.id ?? null);
    try {
      const { session, sessionToken } = await this.open(opening, tx);
      return { session, sessionToken, browserToken: browser?.token };
    } catch (error) {
      // Deactivated since the password, or the structure now wants another means.
      if (error instanceof SignInRefused) throw signInRequired();
      throw error;
    }
  }

  /**
   * Opens the session and records it in the journal. Reads roles, structure and policy in `tx`, which locks the account's
   * row: a right that was removed while the password was hashed is not in the session.
   *
   * @throws SignInRefused when the account is no longer active, its password has changed, or its structure now requires another means
   */
  async open(opening: SessionOpening, tx: EntityManager): Promise<OpenedSession> {
    const { accountId, read, means, client, passkey, proof } = opening;
    const account = await this.accounts.recordSignIn(accountId, this.clock.now(), tx, read);
    if (!account) throw new SignInRefused(undefined, 'deactivated');
    const presented = { means, given: proof ?? {}, ...(passkey && { passkeys: [passkey] }) };
    const admission = this.policy.judge(account, presented);
    if (!admission.opens) throw new SignInRefused(account, admission.refusal);
    if (account.emailUnreachableSince && proof?.code === 'mail')
      await this.accounts.recordReachable(accountId, tx);
    const structureId = await this.workplaces.structureOf(account, client, tx);
    const request = this.#request(opening, account, admission, structureId);
    const { session, token } = await this.sessions.open(request, tx);
    const event = {
      name: 'authn_login_success',
      outcome: 'SUCCESS',
      means,
      ...factsOf(opening, account),
    } as const;
    await this.audit.record(audited(client, holderOf(session), event), tx);
    return { account, session, sessionToken: token };
  }

  #request(
    { accountId, read, client, passkey, inNewBrowser, facts, ...proved }: SessionOpening,
    account: SignInAccount,
    { limit, enrolmentOnly }: Admission & { opens: true },
    structureId: string | undefined,
  ): NewSession {
    return {
      ...proved,
      ...(enrolmentOnly && { proof: { ...proved.proof, limitedTo: 'enrolment' } }),
      principal: principalOf(account, limit, structureId),
      codeValidUntilAt: this.#codeValidUntil(proved.codeAcceptedAt, limit),
      device: deviceOf(client),
    };
  }

  /** Null when the session needs no other code while it lasts. */
  #codeValidUntil(codeAcceptedAt: Date | null, limit: CodeLimit | undefined): Date | null {
    if (codeAcceptedAt) return this.times.validUntil(codeAcceptedAt, limit);
    // A session by an emergency access is over with it.
    return limit?.until ? new Date(limit.until) : null;
  }

  /** Remembers the code in the browser it was given in: a known one gets its next token, another a first one. */
  async #remember(
    signIn: PendingSignIn,
    { rememberBrowser, browserCookie, client }: CompletionPlace,
    codeAcceptedAt: Date,
    tx: EntityManager,
  ): Promise<{ id: string; token: string } | undefined> {
    if (!rememberBrowser || signIn.principal.sharedWorkstation) return undefined;
    const { accountId, browserId } = signIn;
    const known = this.trustedDevices.tokenIn(browserCookie, browserId);
    const token = known && (await this.trustedDevices.rotate(known, { codeAcceptedAt }, tx));
    if (token && browserId) return { id: browserId, token };
    const device = { accountId, codeAcceptedAt, device: deviceOf(client) };
    const remembered = await this.trustedDevices.remember(device, tx);
    const event = {
      name: 'browser_remembered',
      outcome: 'SUCCESS',
      data: { browserId: remembered.id },
    } as const;
    await this.audit.record(audited(client, holderOf(signIn), event), tx);
    return remembered;
  }

  /**
   * Applies a right factor to an open session: a new token, new 24 hours, and a fresh proof for sensitive acts. In the
   * transaction that used the factor up: an error undoes both.
   *
   * @throws AppError `session.required` when the session ended meanwhile
   */
  async stepUp(session: Session, factor: GivenFactor, client: Client, tx: EntityManager): Promise<SteppedUp> {
    const acceptedAt = this.clock.now();
    const rotated = await this.sessions.rotate(session, this.#changes(session, factor, acceptedAt), tx);
    if (!rotated) throw new AppError('session.required');
    if (session.browserId) await this.trustedDevices.refresh(session.browserId, acceptedAt, tx);
    const event = { name: 'authn_step_up', outcome: 'SUCCESS', ...factor.facts } as const;
    await this.audit.record(audited(client, holderOf(session), event), tx);
    return { session: rotated.session, sessionToken: rotated.token };
  }

  #changes(session: Session, factor: GivenFactor, acceptedAt: Date): SessionChanges {
    const { codeValidUntilAt, principal } = session;
    const { code, acr } = factor.proof;
    return {
      codeAcceptedAt: acceptedAt,
      // Null when the session's means never needs a code.
      codeValidUntilAt: codeValidUntilAt && this.times.validUntil(acceptedAt, principal.codeLimit),
      authenticatedAt: acceptedAt,
      proof: confirmed(session, { by: code!, at: acceptedAt.toISOString(), ...(acr && { acr }) }),
    };
  }
}

/** The new-browser job reads this fact. A shared workstation remembers no one and would be new each morning. */
function factsOf({ facts, inNewBrowser, client }: SessionOpening, account: SignInAccount) {
  if (!inNewBrowser || isAtOwnWorkstation(account, client)) return facts;
  return { ...facts, data: { ...facts?.data, ...IN_NEW_BROWSER } };
}

function isAtOwnWorkstation({ policy }: SignInAccount, { address }: Client): boolean {
  return policy.sharedWorkstations && isAmong(address, policy.egressAddresses);
}

function openingOf(
  { accountId, means, amr, browserId: knownBrowserId }: PendingSignIn,
  { proof, facts }: GivenFactor,
  client: Client,
  codeAcceptedAt: Date,
  browserId: string | null,
): SessionOpening {
  return {
    accountId,
    means,
    acr: null,
    amr: proof.code ? [...amr, ...amrOfFactor(proof.code, means)] : amr,
    codeAcceptedAt,
    browserId,
    client,
    proof,
    inNewBrowser: knownBrowserId === null,
    facts,
  };
}

function signInRequired(): AppError {
  return new AppError('sign-in.required');
}
