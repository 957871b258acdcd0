import { Injectable } from '@nestjs/common';
import { audited, MembershipChangeService, SignInPolicy, type SignInMeans } from '@portillon/access';
import { AccountService, SignInAccount } from '@portillon/account';
import { AuditData, AuditService, Reason } from '@portillon/audit';
import { Client } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { Session, SessionActivity, SessionProof } from '@portillon/session';
import type { EntityManager } from 'typeorm';
import { meansForbidden } from '../means-forbidden';
import { OpenedSession, SignInCompletionService, SignInRefused } from '../session/sign-in-completion.service';
import { IdentityLinkService } from './identity-link.service';

export interface VerifiedIdentity {
  means: Exclude<SignInMeans, 'passkey' | 'password'>;
  /** As the card or Pro Santé Connect states it (idNat_PS), already verified by the caller. */
  nationalId: string;
  acr: string | null;
  amr: string[];
  /** When the user proved it, as the means states it (OpenID Connect `auth_time`). Default: now. */
  authenticatedAt?: Date;
  /** The activity that the user chose, when the means has activities. */
  activity?: SessionActivity | null;
  /** Whether Pro Santé Connect read a card. */
  proof?: SessionProof;
  client: Client;
  /** For the journal: card serial, PSC subject. The national id is masked there by the caller. */
  evidence: AuditData;
}

/** The proof that the user presented. The transaction that opens the session consumes and stores it. */
export interface PresentedProof {
  /** Consumes the proof, such as a ticket. False: another caller used it first, and the session is undone. */
  consume?: (tx: EntityManager) => Promise<boolean>;
  /** The data that the means stores with the session. */
  keep?: (session: Session, tx: EntityManager) => Promise<void>;
}

/** A sign-in by a means that proves a national id: card, Pro Santé Connect. The policy point asks no code of them. */
@Injectable()
export class FederatedSignInService {
  constructor(
    private readonly accounts: AccountService,
    private readonly policy: SignInPolicy,
    private readonly transactions: Transactions,
    private readonly completion: SignInCompletionService,
    private readonly identities: IdentityLinkService,
    private readonly memberships: MembershipChangeService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Opens a session for the account linked to the national id. Returns undefined when the proof was used already.
   *
   * @throws AppError `account.not-linked` for unknown, invited and deactivated accounts alike (the journal has the reason);
   * `means.unavailable` when the user's structure requires another means
   */
  async signIn(
    identity: VerifiedIdentity,
    presented: PresentedProof = {},
  ): Promise<OpenedSession | undefined> {
    const account = await this.admit(identity);
    try {
      return await this.transactions.runOrRollBack((tx) => this.#open(identity, account, presented, tx));
    } catch (error) {
      if (error instanceof SignInRefused) return this.#refuse(identity, account, error.reason);
      throw error;
    }
  }

  /**
   * Returns the account that the national id may enter, without opening a session. For a means that must first ask the
   * user.
   *
   * @throws AppError `account.not-linked`, `means.unavailable`, recorded in the journal
   */
  async admit(identity: VerifiedIdentity): Promise<SignInAccount> {
    const account = await this.accounts.findByNationalId(identity.nationalId);
    const admission = this.policy.judge(account, { means: identity.means });
    if (account && admission.opens) return account;
    return this.#refuse(identity, account, admission.opens ? 'unknown' : admission.refusal);
  }

  /** Undefined when another request was first. Throws for an account that may not sign in, which undoes the rest. */
  async #open(
    identity: VerifiedIdentity,
    account: SignInAccount,
    { consume, keep }: PresentedProof,
    tx: EntityManager,
  ): Promise<OpenedSession | undefined> {
    const { nationalId, evidence, ...proved } = identity;
    if (consume && !(await consume(tx))) return undefined;
    await this.identities.recordIfOld(account, identity, tx);
    const opened = await this.completion.open(
      { ...proved, accountId: account.id, codeAcceptedAt: null, browserId: null, facts: { data: evidence } },
      tx,
    );
    // Unlinked since it was read.
    if (opened.account.nationalId !== nationalId) throw new SignInRefused(opened.account, 'unknown');
    await keep?.(opened.session, tx);
    const by = identity.means === 'cpx' ? 'card' : 'e-cps';
    await this.memberships.acceptProven(opened.account, by, identity.client, tx);
    return opened;
  }

  async #refuse(
    identity: VerifiedIdentity,
    account: SignInAccount | undefined,
    reason: Reason,
  ): Promise<never> {
    const { means, client, evidence: data } = identity;
    const event = { name: 'authn_login_fail', outcome: 'FAILURE', means, reason, data } as const;
    await this.audit.record(audited(client, account, event));
    if (reason === 'means-forbidden') throw meansForbidden();
    throw new AppError('account.not-linked', { detail: reason });
  }
}
