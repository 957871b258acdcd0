import { Injectable } from '@nestjs/common';
import { Account, Accounts } from '@portillon/account';
import { Audit } from '@portillon/audit';
import { Client } from '@portillon/http';
import { AppError, Clock } from '@portillon/kernel';
import { Database, Statements } from '@portillon/persistence';
import { Session, SessionActivity, Sessions } from '@portillon/session';
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
  evidence: Record<string, unknown>;
}

export interface IdentifiedSession {
  account: Account;
  session: Session;
  sessionToken: string;
}

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
   * Opens a session for the account linked to the national id. `within` runs in the same transaction, for what the
   * means keeps of the session.
   *
   * @throws AppError `account.not-linked` for unknown, invited and deactivated alike, the journal has the reason;
   * `means.unavailable` when the person's structure wants another means
   */
  async take(
    identity: ProvenIdentity,
    within: (opened: IdentifiedSession, tx: Statements) => Promise<void> = () => Promise.resolve(),
  ): Promise<IdentifiedSession> {
    const account = await this.admit(identity);
    const opened = await this.database.transaction((tx) => this.#open(identity, account, within, tx));
    return opened ?? this.#refuse(identity, account, 'deactivated meanwhile');
  }

  /**
   * The account that the national id may enter with; opens nothing. For a means that still has to ask the person.
   *
   * @throws AppError `account.not-linked`, `means.unavailable`, written to the journal
   */
  async admit(identity: ProvenIdentity): Promise<Account> {
    const account = await this.accounts.findByNationalId(identity.nationalId);
    const decision = await this.policy.decide(identity.means, account, null);
    if (account && decision.status === 'complete') return account;
    return this.#refuse(identity, account, decision.status === 'refused' ? decision.reason : decision.status);
  }

  async #open(
    identity: ProvenIdentity,
    account: Account,
    within: (opened: IdentifiedSession, tx: Statements) => Promise<void>,
    tx: Statements,
  ): Promise<IdentifiedSession | undefined> {
    const { means, acr, amr, activity, client, evidence: data } = identity;
    const limit = this.policy.codeLimit(means, account);
    if (!(await this.accounts.recordSignIn(account.id, this.clock.now(), tx))) return undefined;
    const opened = await this.sessions.open(
      {
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
      },
      tx,
    );
    const identified = { account, session: opened.session, sessionToken: opened.token };
    await within(identified, tx);
    const event = { name: 'authn_login_success', outcome: 'SUCCESS', means, data } as const;
    await this.audit.record(audited(client, account, event), tx);
    return identified;
  }

  async #refuse(identity: ProvenIdentity, account: Account | undefined, reason: string): Promise<never> {
    const { means, client, evidence: data } = identity;
    const event = { name: 'authn_login_fail', outcome: 'FAILURE', means, reason, data } as const;
    await this.audit.record(audited(client, account, event));
    const code = reason === 'means-forbidden' ? 'means.unavailable' : 'account.not-linked';
    throw new AppError(code, 'forbidden', { detail: reason });
  }
}
