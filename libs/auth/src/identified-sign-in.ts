import { Injectable } from '@nestjs/common';
import { Account, Accounts } from '@portillon/account';
import { Audit, AuditData, Reason } from '@portillon/audit';
import { Client } from '@portillon/http';
import { AppError, Clock } from '@portillon/kernel';
import { Database, Statements } from '@portillon/persistence';
import { NewSession, Session, SessionActivity, Sessions } from '@portillon/session';
import { audited } from './audit-context';
import { Means } from './auth-options';
import { deviceOf, principalOf } from './principal';
import { SignInPolicy } from './sign-in-policy';

export interface ProvenIdentity {
  means: Exclude<Means, 'password'>;
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

/** What must be committed before anything comes of what the person came with: once, one way or the other. */
export interface First {
  /** As a part of a transaction in one trip, which fails when this does. */
  along(tx: Statements): Promise<void>;
  /** By itself, once, however often this is asked for. @throws AppError why nothing may come of it */
  alone(): Promise<void>;
}

/** What a means does in the transaction that opens the session, and what it looked up before. */
export interface Beside {
  /** What {@link IdentifiedSignIn.find} gives, when it was asked for together with something else. */
  account?: Promise<Account | undefined>;
  first?: First;
  /** Uses up, by a claim, what the person came with, such as a ticket: who comes second is undone by false. */
  consume?: (tx: Statements) => Promise<boolean>;
  /** What that means keeps of the session: statements asked for at once. */
  keep?: (session: Session, tx: Statements) => Promise<void>;
}

export interface IdentifiedSession {
  account: Account;
  session: Session;
  sessionToken: string;
}

/** Why a transaction is undone: told apart from every error of the database. */
const USED = new Error('used already');
const CLOSED = new Error('deactivated');

/** A sign-in by a means that proves a national id: card, Pro Santé Connect. The policy point asks no code of them. */
@Injectable()
export class IdentifiedSignIn {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
    private readonly policy: SignInPolicy,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Opens a session for the account linked to the national id; nothing when what the person came with was used already.
   *
   * @throws AppError `account.not-linked` for unknown, invited and deactivated alike, the journal has the reason;
   * `means.unavailable` when the person's structure wants another means
   */
  async take(identity: ProvenIdentity, beside: Beside = {}): Promise<IdentifiedSession | undefined> {
    const account = await this.admit(identity, beside.account, beside.first);
    const opening = this.#opening(identity, account);
    const open = (tx: Statements) => this.#open(identity, account, opening, beside, tx);
    try {
      const atOnce = await this.database.inOneTrip(open, { shared: true });
      if (atOnce) return { account, ...atOnce };
      await beside.first?.alone();
      return { account, ...(await this.database.transaction(open)) };
    } catch (error) {
      if (error === USED) return undefined;
      if (error === CLOSED) return this.#refuse(identity, account, 'deactivated');
      throw error;
    }
  }

  /** Whose the national id is. Whether they may enter is for {@link take} and {@link admit} to say. */
  find(nationalId: string): Promise<Account | undefined> {
    return this.accounts.findByNationalId(nationalId);
  }

  /**
   * The account that the national id may enter with; opens nothing. For a means that still has to ask the person.
   *
   * @throws AppError `account.not-linked`, `means.unavailable`, written to the journal
   */
  async admit(
    identity: ProvenIdentity,
    found = this.find(identity.nationalId),
    first?: First,
  ): Promise<Account> {
    const account = await found;
    const decision = await this.policy.decide(identity.means, account, null);
    if (account && decision.status === 'complete') return account;
    await first?.alone();
    return this.#refuse(identity, account, decision.status === 'refused' ? decision.reason : 'unknown');
  }

  /** Everything at once, in one trip to the database: what is refused undoes the rest. */
  async #open(
    identity: ProvenIdentity,
    account: Account,
    opening: NewSession,
    { first, consume, keep }: Beside,
    tx: Statements,
  ): Promise<Omit<IdentifiedSession, 'account'>> {
    const { means, client, evidence: data } = identity;
    const event = { name: 'authn_login_success', outcome: 'SUCCESS', means, data } as const;
    const [active, consumed, opened] = await Promise.all([
      this.accounts.recordSignIn(account.id, this.clock.now(), tx),
      consume?.(tx) ?? true,
      this.sessions.open(opening, tx, keep && ((session) => keep(session, tx))),
      this.audit.record(audited(client, account, event), tx),
      tx.holdsGuards && first?.along(tx),
    ]);
    if (!consumed) throw USED;
    if (!active) throw CLOSED;
    return { session: opened.session, sessionToken: opened.token };
  }

  #opening({ means, acr, amr, activity, client }: ProvenIdentity, account: Account): NewSession {
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

  async #refuse(identity: ProvenIdentity, account: Account | undefined, reason: Reason): Promise<never> {
    const { means, client, evidence: data } = identity;
    const event = { name: 'authn_login_fail', outcome: 'FAILURE', means, reason, data } as const;
    await this.audit.record(audited(client, account, event));
    const code = reason === 'means-forbidden' ? 'means.unavailable' : 'account.not-linked';
    throw new AppError(code, 'forbidden', { detail: reason });
  }
}
