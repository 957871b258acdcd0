import { Injectable } from '@nestjs/common';
import { SignInPolicy, audited, holderOf } from '@portillon/access';
import { AccountService } from '@portillon/account';
import { AuditService } from '@portillon/audit';
import { OpenedSession, SignInCompletionService, SignInRefused } from '@portillon/auth';
import {
  AuthenticationResponseJSON,
  PasskeyAssertionService,
  VerifiedAssertion,
  AssertionRequest,
  Passkey,
} from '@portillon/authenticator';
import { Client } from '@portillon/http';
import { AppError, Clock } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { Confirmation, confirmed, Session, SessionService } from '@portillon/session';
import type { EntityManager } from 'typeorm';
import { amrOfPasskey, PasskeyCheckService } from './passkey-check.service';

/** No session is open yet: the cookie alone binds the challenge to its browser. */
const SIGN_IN = { purpose: 'sign-in', binding: '' } as const;

export interface ConfirmedSession {
  session: Session;
  sessionToken: string;
}

/** A sign-in with a passkey, which identifies the account without a code, and a confirmation in an open session. */
@Injectable()
export class PasskeySignInService {
  constructor(
    private readonly checks: PasskeyCheckService,
    private readonly assertions: PasskeyAssertionService,
    private readonly accounts: AccountService,
    private readonly policy: SignInPolicy,
    private readonly transactions: Transactions,
    private readonly completion: SignInCompletionService,
    private readonly sessions: SessionService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  begin(): ReturnType<PasskeyAssertionService['begin']> {
    return this.assertions.begin(SIGN_IN);
  }

  /** @throws AppError `passkey.unknown`, `passkey.rejected`, `means.unavailable`, `identity.unverified`, `attempts.exceeded` */
  async signIn(
    cookie: string | undefined,
    response: AuthenticationResponseJSON,
    client: Client,
  ): Promise<OpenedSession> {
    const verified = await this.checks.require(SIGN_IN, cookie, response, client);
    const account = await this.accounts.getForSignIn(verified.passkey.accountId);
    const admission = this.policy.judge(account, { means: 'passkey', passkeys: [verified.passkey] });
    if (!admission.opens) return this.checks.refuse(SIGN_IN, account, admission.refusal, client);
    try {
      const opened = await this.transactions.runOrRollBack((tx) => this.#open(verified, client, tx));
      return opened ?? (await this.checks.refuse(SIGN_IN, account, 'passkey-used', client));
    } catch (error) {
      if (error instanceof SignInRefused)
        return this.checks.refuse(SIGN_IN, error.account, error.reason, client);
      throw error;
    }
  }

  /** Undefined when another request answered the challenge, or the passkey was used or removed since its check. */
  async #open(
    verified: VerifiedAssertion,
    client: Client,
    tx: EntityManager,
  ): Promise<OpenedSession | undefined> {
    const { passkey } = verified;
    if (!(await this.assertions.consume(verified, tx))) return undefined;
    return this.completion.open(
      {
        accountId: passkey.accountId,
        means: 'passkey',
        passkey,
        acr: null,
        amr: amrOfPasskey(passkey),
        proof: passkey.identityProof ? { identity: passkey.identityProof } : {},
        codeAcceptedAt: null,
        browserId: null,
        client,
        facts: { data: { passkeyId: passkey.id, passkeyKind: passkey.kind } },
      },
      tx,
    );
  }

  beginConfirmation(session: Session): ReturnType<PasskeyAssertionService['begin']> {
    return this.assertions.begin(askedIn(session));
  }

  /**
   * Confirms a sensitive act instead of a code: the session gets a new token and a fresh proof. After 24 hours it still
   * requires a code, as the procedure says.
   *
   * @throws AppError `passkey.unknown`, `passkey.rejected`, `session.required`
   */
  async confirm(
    session: Session,
    cookie: string | undefined,
    response: AuthenticationResponseJSON,
    client: Client,
  ): Promise<ConfirmedSession> {
    const verified = await this.checks.require(askedIn(session), cookie, response, client);
    return this.transactions.run((tx) => this.#confirm(session, verified, client, tx));
  }

  async #confirm(
    session: Session,
    verified: VerifiedAssertion,
    client: Client,
    tx: EntityManager,
  ): Promise<ConfirmedSession> {
    if (!(await this.assertions.consume(verified, tx))) throw new AppError('passkey.rejected');
    const provedAt = this.clock.now();
    const proof = confirmed(session, confirmationBy(verified.passkey, provedAt));
    const changes = { authenticatedAt: provedAt, proof };
    const rotated = await this.sessions.rotate(session, changes, tx);
    if (!rotated) throw new AppError('session.required');
    const data = { passkeyId: verified.passkey.id };
    const event = { name: 'authn_step_up', outcome: 'SUCCESS', means: 'passkey', data } as const;
    await this.audit.record(audited(client, holderOf(session), event), tx);
    return { session: rotated.session, sessionToken: rotated.token };
  }
}

function confirmationBy(passkey: Passkey, provedAt: Date): Confirmation {
  const { identityProof } = passkey;
  return {
    by: 'passkey',
    at: provedAt.toISOString(),
    amr: amrOfPasskey(passkey),
    ...(identityProof && { identity: identityProof }),
  };
}

function askedIn({ id: binding, accountId }: Session): AssertionRequest {
  return { purpose: 'step-up', binding, accountId };
}
