import { Injectable } from '@nestjs/common';
import { ProposalService } from '@portillon/account';
import type { MembershipProposal, NewProposal } from '@portillon/account';
import { AppError, Clock, DAY, HOUR, Keyring, maskEmail, maskNationalId, tooMany } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { RateLimiterService } from '@portillon/rate-limit';
import type { Limit, LimitsByKind } from '@portillon/rate-limit';
import { ActJournalService } from '../rights/act-journal.service';
import type { Administrator } from '../rights/actor';
import { AdministeredAccountService } from '../rights/administered-account.service';
import { AdministeredStructureService } from '../structures/administered-structure.service';

/** Of one administrator, known identifier or not: enough for a ward, not for a list of all doctors of a region. */
const PER_ADMINISTRATOR: Limit = { name: 'proposal.administrator.hour', max: 60, windowMs: HOUR };
const PER_STRUCTURE: Limit = { name: 'proposal.structure.day', max: 300, windowMs: DAY };

/** The limits that an operator may list and clear, with those of an account: each counts under an id. */
export const PROPOSAL_LIMITS = {
  account: [PER_ADMINISTRATOR, PER_STRUCTURE],
} as const satisfies LimitsByKind;

/** What an administrator proposes to a person. */
export type AdministeredProposal = ({ nationalId: string } | { email: string }) &
  Partial<Pick<NewProposal, 'roles' | 'function' | 'until' | 'externalId' | 'source'>>;

/**
 * Offers people who may have an account elsewhere a place in a structure. Answers, journal, lists and times are the same
 * whether there is an account or not: nothing here looks for one.
 */
@Injectable()
export class MembershipProposalsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly structures: AdministeredStructureService,
    private readonly administered: AdministeredAccountService,
    private readonly proposals: ProposalService,
    private readonly limiter: RateLimiterService,
    private readonly journal: ActJournalService,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `not-found`, `permission.denied`, `attempts.exceeded`, `validation.failed` */
  async propose(
    administrator: Administrator,
    structureId: string,
    wanted: AdministeredProposal,
    reason?: string,
  ): Promise<MembershipProposal> {
    await this.structures.get(administrator, structureId);
    const roles = wanted.roles?.length ? wanted.roles : ['professional'];
    await this.administered.requireGrantable(administrator, roles);
    await this.#count(PER_ADMINISTRATOR, administrator.actor.id);
    await this.#count(PER_STRUCTURE, structureId);
    const proposedBy = administrator.actor.id;
    return this.transactions.run(async (tx) => {
      const proposal = await this.proposals.propose(
        { source: 'console', ...wanted, structureId, roles, proposedBy },
        tx,
      );
      const data = { identifier: masked(proposal), roles };
      const act = { name: 'membership_proposed', reason, data } as const;
      await this.journal.recordOnStructure(administrator, structureId, act, tx);
      return proposal;
    });
  }

  /** Proposals that wait, the latest first. @throws AppError `not-found` */
  async list(administrator: Administrator, structureId: string): Promise<MembershipProposal[]> {
    await this.structures.get(administrator, structureId);
    return this.proposals.list(structureId);
  }

  /** @throws AppError `not-found` alike for a proposal that is over, unknown, or of another structure */
  async withdraw(
    administrator: Administrator,
    structureId: string,
    proposalId: string,
    reason?: string,
  ): Promise<void> {
    await this.structures.get(administrator, structureId);
    await this.transactions.run(async (tx) => {
      const proposal = await this.proposals.find(proposalId, tx);
      if (!proposal || !(await this.proposals.withdraw(proposalId, structureId, tx)))
        throw new AppError('not-found');
      const data = { identifier: masked(proposal) };
      const act = { name: 'membership_proposal_withdrawn', reason, data } as const;
      await this.journal.recordOnStructure(administrator, structureId, act, tx);
    });
  }

  async #count(limit: Limit, value: string): Promise<void> {
    const over = await this.limiter.consume({ limit, key: this.keyring.digest('limit', [value]) });
    if (over) throw tooMany('attempts.exceeded', over.retryAt, this.clock.now(), `over ${limit.name}`);
  }
}

function masked({ identifierKind, identifier }: MembershipProposal): string {
  return identifierKind === 'email' ? maskEmail(identifier) : maskNationalId(identifier);
}
