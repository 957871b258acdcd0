import { Injectable } from '@nestjs/common';
import { AccountService, SignInAccount } from '@portillon/account';
import { AuditFacts, AuditService } from '@portillon/audit';
import type { Client } from '@portillon/http';
import { Clock, isAmong } from '@portillon/kernel';
import { CodeLimit, NewSession, Session, SessionService } from '@portillon/session';
import type { EntityManager } from 'typeorm';
import { IN_NEW_BROWSER } from './new-browser.job';
import { audited, CodeTimePolicy, deviceOf, principalOf, SignInPolicy } from '@portillon/access';
import type { Admission, PresentedPasskey, Refusal } from '@portillon/access';

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

/** Thrown inside the transaction that would open a session, to undo it: the account may not sign in. */
export class SignInRefused extends Error {
  constructor(
    readonly account: SignInAccount | undefined,
    readonly reason: Refusal,
  ) {
    super(reason);
  }
}

/** Opens every session, for every means. */
@Injectable()
export class SessionOpeningService {
  constructor(
    private readonly accounts: AccountService,
    private readonly sessions: SessionService,
    private readonly policy: SignInPolicy,
    private readonly times: CodeTimePolicy,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

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
    const { session, token } = await this.sessions.open(this.#request(opening, account, admission), tx);
    const event = {
      name: 'authn_login_success',
      outcome: 'SUCCESS',
      means,
      ...factsOf(opening, account),
    } as const;
    await this.audit.record(audited(client, account, event), tx);
    return { account, session, sessionToken: token };
  }

  #request(
    { accountId, read, client, passkey, inNewBrowser, facts, ...proved }: SessionOpening,
    account: SignInAccount,
    { limit, enrolmentOnly }: Admission & { opens: true },
  ): NewSession {
    return {
      ...proved,
      ...(enrolmentOnly && { proof: { ...proved.proof, limitedTo: 'enrolment' } }),
      principal: principalOf(account, limit),
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
}

/** The new-browser job reads this fact. A shared workstation remembers no one and would be new each morning. */
function factsOf({ facts, inNewBrowser, client }: SessionOpening, account: SignInAccount) {
  if (!inNewBrowser || isAtOwnWorkstation(account, client)) return facts;
  return { ...facts, data: { ...facts?.data, ...IN_NEW_BROWSER } };
}

function isAtOwnWorkstation({ policy }: SignInAccount, { address }: Client): boolean {
  return policy.sharedWorkstations && isAmong(address, policy.egressAddresses);
}
