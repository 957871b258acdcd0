import { Injectable } from '@nestjs/common';
import { Account, AccountService } from '@portillon/account';
import { AuditData, AuditService, Reason } from '@portillon/audit';
import { Client } from '@portillon/http';
import { AppError, Clock } from '@portillon/kernel';
import { Database } from '@portillon/persistence';
import { NewSession, Session, SessionActivity, SessionService } from '@portillon/session';
import type { EntityManager } from 'typeorm';
import { audited } from './audit-context';
import { SignInMeans } from './auth.options';
import { deviceOf, principalOf } from './principal';
import { SignInPolicy } from './sign-in.policy';

export interface VerifiedIdentity {
  means: Exclude<SignInMeans, 'password'>;
  /** As the card or Pro Santé Connect states it (idNat_PS), already verified by the caller. */
  nationalId: string;
  acr: string | null;
  amr: string[];
  /** Under which activity the person comes, when the means tells some. */
  activity?: SessionActivity | null;
  client: Client;
  /** For the journal: card serial, PSC subject. The national id is masked there by the caller. */
  evidence: AuditData;
}

/** What a means does in the transaction that opens the session. */
export interface Beside {
  /** Uses up what the person came with, such as a ticket: `false` undoes the session of the caller that comes second. */
  consume?: (tx: EntityManager) => Promise<boolean>;
  /** What that means keeps of the session. */
  keep?: (session: Session, tx: EntityManager) => Promise<void>;
}

export interface FederatedSession {
  account: Account;
  session: Session;
  sessionToken: string;
}

/** Why a transaction is undone: told apart from every error of the database. */
const USED = new Error('used already');
const CLOSED = new Error('deactivated');

/** A sign-in by a means that proves a national id: card, Pro Santé Connect. The policy point asks no code of them. */
@Injectable()
export class FederatedSignInService {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountService,
    private readonly sessions: SessionService,
    private readonly policy: SignInPolicy,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /**
   * Opens a session for the account linked to the national id; nothing when what the person came with was used already.
   *
   * @throws AppError `account.not-linked` for unknown, invited and deactivated alike, the journal has the reason;
   * `means.unavailable` when the person's structure wants another means
   */
  async signIn(identity: VerifiedIdentity, beside: Beside = {}): Promise<FederatedSession | undefined> {
    const account = await this.admit(identity);
    try {
      return await this.database.transaction((tx) => this.#open(identity, account, beside, tx));
    } catch (error) {
      if (error === USED) return undefined;
      if (error === CLOSED) return this.#refuse(identity, account, 'deactivated');
      throw error;
    }
  }

  /**
   * The account that the national id may enter with; opens nothing. For a means that still has to ask the person.
   *
   * @throws AppError `account.not-linked`, `means.unavailable`, written to the journal
   */
  async admit(identity: VerifiedIdentity): Promise<Account> {
    const account = await this.accounts.findByNationalId(identity.nationalId);
    const decision = await this.policy.decide(identity.means, account, null);
    if (account && decision.status === 'complete') return account;
    return this.#refuse(identity, account, decision.status === 'refused' ? decision.reason : 'unknown');
  }

  /** Each step is refused by an error, which undoes those before it. */
  async #open(
    identity: VerifiedIdentity,
    admitted: Account,
    { consume, keep }: Beside,
    tx: EntityManager,
  ): Promise<FederatedSession> {
    const { means, client, evidence: data } = identity;
    const account = await this.accounts.recordSignIn(admitted.id, this.clock.now(), tx);
    if (!account) throw CLOSED;
    if (consume && !(await consume(tx))) throw USED;
    const { session, token } = await this.sessions.open(this.#opening(identity, account), tx);
    await keep?.(session, tx);
    const event = { name: 'authn_login_success', outcome: 'SUCCESS', means, data } as const;
    await this.audit.record(audited(client, account, event), tx);
    return { account, session, sessionToken: token };
  }

  #opening({ means, acr, amr, activity, client }: VerifiedIdentity, account: Account): NewSession {
    const limit = this.policy.codeLimit(means, account);
    return {
      principal: principalOf(account, limit),
      means,
      acr,
      amr,
      activity,
      codeAcceptedAt: null,
      // A session by an emergency access is over with it.
      codeValidUntilAt: limit?.until ? new Date(limit.until) : null,
      browserId: null,
      device: deviceOf(client),
    };
  }

  async #refuse(identity: VerifiedIdentity, account: Account | undefined, reason: Reason): Promise<never> {
    const { means, client, evidence: data } = identity;
    const event = { name: 'authn_login_fail', outcome: 'FAILURE', means, reason, data } as const;
    await this.audit.record(audited(client, account, event));
    const code = reason === 'means-forbidden' ? 'means.unavailable' : 'account.not-linked';
    throw new AppError(code, 'forbidden', { detail: reason });
  }
}
