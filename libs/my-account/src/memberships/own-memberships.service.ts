import { Injectable } from '@nestjs/common';
import { isProven, MembershipChangeService, SecurityChangeService } from '@portillon/access';
import { AccountService, MembershipService, ProposalService } from '@portillon/account';
import type { Account, MembershipProposal, MembershipRecord } from '@portillon/account';
import type { Client } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import type { Session } from '@portillon/session';
import type { OwnMembership, OwnMembershipList, OwnMembershipProposal } from './own-membership.dto';

/** The structures of the signed-in person, and those that propose to them to join. */
@Injectable()
export class OwnMembershipsService {
  constructor(
    private readonly accounts: AccountService,
    private readonly memberships: MembershipService,
    private readonly proposals: ProposalService,
    private readonly changes: MembershipChangeService,
    private readonly security: SecurityChangeService,
  ) {}

  async list(session: Session): Promise<OwnMembershipList> {
    const account = await this.accounts.get(session.accountId);
    if (!account) throw new AppError('session.required');
    const records = (await this.memberships.findOpenByAccounts([account.id])).get(account.id) ?? [];
    const proposals = await this.proposals.findFor(account);
    return {
      items: records.map((record) => membershipView(record, account)),
      proposals: proposals.map((proposal) => proposalView(proposal, account, session)),
    };
  }

  /** @throws AppError `proposal.over`, `proposal.unproven`, `session.required` */
  async answer(session: Session, proposalId: string, accept: boolean, client: Client): Promise<void> {
    const { accountId } = session;
    const answer = { by: 'account', accountId, provesMailbox: provesMailbox(session), client } as const;
    await this.security.run(session, async (tx) => {
      const isAnswered = accept
        ? await this.changes.accept(proposalId, answer, tx)
        : await this.changes.refuse(proposalId, answer, tx);
      if (!isAnswered) throw new AppError('proposal.over');
    });
  }
}

/** A session ends with a change of the address: a code by mail has proven the present one. */
function provesMailbox({ proof }: Session): boolean {
  return [proof.code, ...(proof.confirmations ?? []).map(({ by }) => by)].includes('mail');
}

function membershipView(record: MembershipRecord, account: Account): OwnMembership {
  const { structure, roles, function: post, since, until } = record;
  const manages = structure.id === account.structure?.id;
  const times = { since: since.toISOString(), until: until?.toISOString() ?? null };
  return { structure, roles, function: post, ...times, manages };
}

function proposalView(
  proposal: MembershipProposal,
  account: Account,
  session: Session,
): OwnMembershipProposal {
  const { id, structure, roles, function: post, until, proposedAt, expiresAt } = proposal;
  const given = { by: 'account', provesMailbox: provesMailbox(session) } as const;
  const missing = proposal.identifierKind === 'email' ? 'mail-link' : 'card';
  return {
    id,
    structure,
    roles,
    function: post,
    until: until?.toISOString() ?? null,
    proposedAt: proposedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    needs: isProven(proposal, account, given) ? null : missing,
  };
}
