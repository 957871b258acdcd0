import { Injectable } from '@nestjs/common';
import { AccountService, IdentityService, isIdentityWorthNoting } from '@portillon/account';
import type { NameParts, SignInAccount } from '@portillon/account';
import { AuditData, AuditService, Reason } from '@portillon/audit';
import type { Client } from '@portillon/http';
import { AppError, Clock } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { SecurityNoticeService } from '@portillon/security-notice';
import { Session } from '@portillon/session';
import type { EntityManager } from 'typeorm';
import { audited, holderOf, SecurityChangeService, SignInPolicy } from '@portillon/access';

/** The identity that a card or Pro Santé Connect has just proved. */
interface AttestedIdentity {
  means: 'cpx' | 'pro-sante-connect';
  nationalId: string;
  client: Client;
  /** As the means states them; an account that has names keeps its own. */
  names?: NameParts;
}

/** The same, for the account of the open session. `evidence`: for the journal. */
export type VerifiedLink = AttestedIdentity & { evidence: AuditData };

interface PresentedLinkProof {
  /** Consumes the proof. False undoes the link. */
  consume?: (tx: EntityManager) => Promise<boolean>;
  /** The data that the means stores, whether or not the link is made. */
  keep?: (tx: EntityManager) => Promise<void>;
}

type LinkOutcome = 'linked' | 'already-linked' | 'means-too-weak';

const METHODS = { cpx: 'card', 'pro-sante-connect': 'pro-sante-connect' } as const;

const EVENTS = {
  cpx: { linked: 'card_linked', refused: 'card_link_fail' },
  'pro-sante-connect': { linked: 'ecps_linked', refused: 'ecps_link_fail' },
} as const;

/**
 * Links the account to the national id that its holder proves, once. The session must have a password and a code, so that
 * the thief of a card or an e-CPS cannot link another one.
 */
@Injectable()
export class IdentityLinkService {
  constructor(
    private readonly transactions: Transactions,
    private readonly accounts: AccountService,
    private readonly policy: SignInPolicy,
    private readonly changes: SecurityChangeService,
    private readonly notices: SecurityNoticeService,
    private readonly identities: IdentityService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `password.required`, `means.too-weak` like {@link link}, before the user goes to prove anything */
  async requirePassword(
    session: Session,
    { means, client }: Pick<VerifiedLink, 'means' | 'client'>,
  ): Promise<void> {
    if (session.means !== 'password') {
      await this.refuse(session, { means, client, evidence: { by: session.means } }, 'password-required');
      throw new AppError('password.required');
    }
    if (this.policy.mayLink(session.principal)) return;
    await this.refuse(session, { means, client, evidence: {} }, 'means-too-weak');
    throw new AppError('means.too-weak');
  }

  /**
   * Returns false when the proof was used already. An existing link is left unchanged.
   *
   * @throws AppError `session.required` when the session ended meanwhile; `account.already-linked`, `means.too-weak`, recorded in the journal: a link never replaces another
   * one. Where administration requires a card or Pro Santé Connect, another administrator must link an administrator's
   * account.
   */
  async link(session: Session, proven: VerifiedLink, presented: PresentedLinkProof = {}): Promise<boolean> {
    const linked = await this.transactions.runOrRollBack(async (tx) => {
      if (presented.consume && !(await presented.consume(tx))) return undefined;
      await presented.keep?.(tx);
      return this.#change(session, proven, tx);
    });
    if (linked === undefined) return false;
    if (linked === 'linked') return true;
    await this.refuse(session, proven, linked);
    throw new AppError(linked === 'already-linked' ? 'account.already-linked' : 'means.too-weak');
  }

  /** Writes to the journal why a link was refused; `session` as far as there is one. */
  refuse(
    session: Session | undefined,
    proven: Omit<VerifiedLink, 'nationalId'>,
    reason: Reason,
  ): Promise<void> {
    const { means, client, evidence: data } = proven;
    const event = { name: EVENTS[means].refused, outcome: 'FAILURE', means, reason, data } as const;
    return this.audit.record(audited(client, session && holderOf(session), event));
  }

  /** Records that the identity of the account holder was proved, unless a record of this year exists: not at each sign-in. */
  async recordIfOld(account: SignInAccount, attested: AttestedIdentity, tx: EntityManager): Promise<void> {
    if (isIdentityWorthNoting(account.identity, this.clock.now())) await this.#record(account, attested, tx);
  }

  /** Writes only for the account that has this national id in `tx`. */
  async #record(
    account: Pick<SignInAccount, 'id' | 'structure'>,
    { means, nationalId, client, names }: AttestedIdentity,
    tx: EntityManager,
  ): Promise<void> {
    const method = METHODS[means];
    if (!(await this.identities.recordVerified(account.id, nationalId, method, tx))) return;
    if (names) await this.identities.recordNames(account.id, names, tx);
    const event = { name: 'identity_verified', outcome: 'SUCCESS', means, data: { method } } as const;
    await this.audit.record(audited(client, account, event), tx);
  }

  /** Guarded: an id that another account has, or another id of this account, is never overwritten. */
  async #change(session: Session, proven: VerifiedLink, tx: EntityManager): Promise<LinkOutcome> {
    const { means, client, nationalId, evidence: data } = proven;
    await this.changes.begin(session, tx);
    const account = await this.accounts.getForSignIn(session.accountId, tx);
    if (account?.nationalId === nationalId) {
      await this.recordIfOld(account, proven, tx);
      return 'linked';
    }
    if (account && !this.policy.mayLink(account)) return 'means-too-weak';
    if (!(await this.accounts.linkNationalId(session.accountId, nationalId, tx))) return 'already-linked';
    await this.#record(holderOf(session), proven, tx);
    await this.notices.notify('identity-linked', { id: session.accountId }, { client }, tx);
    const event = { name: EVENTS[means].linked, outcome: 'SUCCESS', means, data } as const;
    await this.audit.record(audited(client, holderOf(session), event), tx);
    return 'linked';
  }
}
