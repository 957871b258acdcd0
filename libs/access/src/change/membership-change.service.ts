import { Injectable } from '@nestjs/common';
import { AccountService, isPrivileged, ProposalService } from '@portillon/account';
import type { MembershipProposal, SignInAccount } from '@portillon/account';
import { AuditService } from '@portillon/audit';
import type { Client } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import { SecurityNoticeService } from '@portillon/security-notice';
import { PendingSignInService, SessionService } from '@portillon/session';
import type { EntityManager } from 'typeorm';
import { audited, principalsOf } from '../person/principal';
import { CodeTimePolicy } from '../policy/code-time.policy';

/** Where a person answered a proposal. */
type AnswerPlace = 'account' | 'link' | 'card' | 'e-cps';

/** Who answers, and what this answer proves beside the account. */
export interface ProposalAnswer {
  by: AnswerPlace;
  accountId: string;
  /** Whether a link or a code came back from the mailbox of the account. */
  provesMailbox?: boolean;
  client: Client;
}

/** The memberships of a person: answers to proposals, and their effects on open sessions. */
@Injectable()
export class MembershipChangeService {
  constructor(
    private readonly accounts: AccountService,
    private readonly proposals: ProposalService,
    private readonly pendingSignIns: PendingSignInService,
    private readonly sessions: SessionService,
    private readonly times: CodeTimePolicy,
    private readonly notices: SecurityNoticeService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Opens the membership of a proposal, in the journal of its structure. Returns false when it is no longer this person's
   * to answer: of several concurrent callers, one gets true.
   *
   * @throws AppError `proposal.unproven` as {@link isProven} says
   */
  async accept(proposalId: string, answer: ProposalAnswer, tx: EntityManager): Promise<boolean> {
    const { accountId, by, client } = answer;
    const proposal = await this.proposals.confirm(proposalId, accountId, tx);
    if (!proposal) return false;
    const account = await this.#requireProven(proposal, answer, tx);
    await this.#refresh(account, tx);
    const { structure, roles } = proposal;
    const event = { name: 'membership_opened', outcome: 'SUCCESS', data: { by, roles } } as const;
    await this.audit.record(audited(client, { id: accountId, structure }, event), tx);
    await this.notices.notify('membership-opened', account, { client, structure: structure.name }, tx);
    return true;
  }

  /** Joins the structures that proposed it to the national id that a card or an e-CPS has just proven. */
  async acceptProven(
    account: SignInAccount,
    by: 'card' | 'e-cps',
    client: Client,
    tx: EntityManager,
  ): Promise<void> {
    const answer = { by, accountId: account.id, client };
    // Without the address, which these prove nothing of.
    for (const { id } of await this.proposals.findFor({ ...account, email: '' }, tx))
      await this.accept(id, answer, tx);
  }

  /** Refuses a proposal, as {@link accept}. Only the person and the nation read it in the journal. */
  async refuse(proposalId: string, answer: ProposalAnswer, tx: EntityManager): Promise<boolean> {
    const { accountId, by, client } = answer;
    const proposal = await this.proposals.refuse(proposalId, accountId, tx);
    if (!proposal) return false;
    await this.#requireProven(proposal, answer, tx);
    const data = { by, structure: proposal.structure.id } as const;
    const event = { name: 'membership_refused', outcome: 'SUCCESS', data } as const;
    await this.audit.record(audited(client, { id: accountId, structure: null }, event), tx);
    return true;
  }

  /**
   * Gives open sessions the present memberships, and ends sign-ins in progress, which began with the former ones. A session
   * whose structure is over falls back to another one, or ends when none is left.
   */
  async refreshSessions(accountId: string, tx: EntityManager): Promise<void> {
    await this.#refresh((await this.accounts.getForSignIn(accountId, tx))!, tx);
  }

  async #refresh(account: SignInAccount, tx: EntityManager): Promise<void> {
    await this.pendingSignIns.endAll(account.id, tx);
    if (account.memberships.length === 0) await this.sessions.endAll(account.id, 'membership_ended', {}, tx);
    await this.sessions.refreshPrincipal(principalsOf(account, this.times.limit('password', account)), tx);
  }

  async #requireProven(
    proposal: MembershipProposal,
    answer: ProposalAnswer,
    tx: EntityManager,
  ): Promise<SignInAccount> {
    const account = (await this.accounts.getForSignIn(answer.accountId, tx))!;
    if (!isProven(proposal, account, answer)) throw new AppError('proposal.unproven');
    return account;
  }
}

/**
 * Whether the account is known to be that of the person who is meant. An administrator may write any national id or mail
 * address into an account: a card or an e-CPS has to have proven the first, and the mailbox the second. A role that
 * administers asks for the card or the e-CPS again: an administrator who opened the account would give it to themselves.
 */
export function isProven(
  { identifierKind, roles }: Pick<MembershipProposal, 'identifierKind' | 'roles'>,
  { identity }: Pick<SignInAccount, 'identity'>,
  { by, provesMailbox = false }: Pick<ProposalAnswer, 'by' | 'provesMailbox'>,
): boolean {
  if (identifierKind === 'email') return provesMailbox;
  if (by === 'card' || by === 'e-cps') return true;
  return identity !== null && identity.method !== 'face-to-face' && !isPrivileged(roles);
}
