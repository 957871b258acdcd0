import { Inject, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Account, AccountService, ProposalService } from '@portillon/account';
import type { MembershipProposal } from '@portillon/account';
import { MembershipChangeService } from '@portillon/access';
import type { Client } from '@portillon/http';
import { ScheduledJob, SECOND } from '@portillon/kernel';
import { NotificationService } from '@portillon/notification';
import { Transactions } from '@portillon/persistence';
import { LinkCheckService } from './link-check.service';
import { proposalMail, RECOVERY_MAIL_OPTIONS } from './link-mail';
import type { RecoveryMailOptions } from './link-mail';

/** The proposal of a link, as its reader sees it. */
export interface LinkedProposal {
  proposal: MembershipProposal;
  account: Account;
}

/** The links by which people answer that a structure wants to count them among its members. */
@Injectable()
export class MembershipLinkService {
  readonly #logger = new Logger('MembershipLinks');

  constructor(
    private readonly checks: LinkCheckService,
    private readonly transactions: Transactions,
    private readonly accounts: AccountService,
    private readonly proposals: ProposalService,
    private readonly memberships: MembershipChangeService,
    private readonly notifications: NotificationService,
    @Inject(RECOVERY_MAIL_OPTIONS) private readonly options: RecoveryMailOptions,
  ) {}

  /** The link stays valid. @throws AppError `token.rejected`, `attempts.exceeded` */
  async look(token: string, client: Client): Promise<LinkedProposal> {
    const { link, account } = await this.#check(token, client);
    const proposal = await this.proposals.find(link.id);
    return proposal ? { proposal, account } : this.checks.refuse('MEMBERSHIP', account, client);
  }

  /**
   * Joins the structure, or refuses. Of several concurrent requests with one link, one takes effect.
   *
   * @throws AppError `token.rejected` whatever is wrong with the link or the account, `attempts.exceeded`;
   * `proposal.unproven` for a national id that no card and no e-CPS has proven
   */
  async answer(token: string, accept: boolean, client: Client): Promise<void> {
    const { link, account } = await this.#check(token, client);
    const answer = { by: 'link', accountId: account.id, provesMailbox: true, client } as const;
    const isAnswered = await this.transactions.run((tx) =>
      accept ? this.memberships.accept(link.id, answer, tx) : this.memberships.refuse(link.id, answer, tx),
    );
    if (!isAnswered) await this.checks.refuse('MEMBERSHIP', account, client);
  }

  /** Deals with at most `batch` proposals whose mail is due, each once across all instances. */
  async sendDue(batch: number): Promise<void> {
    if (!this.notifications.available('EMAIL')) return;
    for (const proposal of await this.proposals.findUnmailed(batch))
      // One that cannot be mailed must not hold up those behind it.
      await this.#send(proposal).catch((error: unknown) =>
        this.#logger.warn(`proposal ${proposal.id} put off: ${String(error)}`),
      );
  }

  /** The same statements whether there is an account or not, but for the mail. */
  #send(proposal: MembershipProposal): Promise<void> {
    return this.transactions.run(async (tx) => {
      const token = await this.proposals.issueLink(proposal.id, tx);
      const accountId = token && (await this.proposals.findAccountOf(proposal.id, tx));
      const account = accountId && (await this.accounts.get(accountId, tx));
      if (!token || !account || account.status !== 'ACTIVE') return;
      const mail = proposalMail({ account, proposal, token, options: this.options });
      const usefulUntil = proposal.expiresAt;
      const enqueueing = { kind: 'membership-proposal', accountId, when: 'later', usefulUntil } as const;
      await this.notifications.enqueue(mail, enqueueing, tx);
    });
  }

  #check(token: string, client: Client) {
    return this.checks.check('MEMBERSHIP', () => this.proposals.findByLink(token), client);
  }
}

const EVERY_MS = 3 * SECOND;
const BATCH = 50;

/** Mails proposals in the background, so that response times do not reveal which accounts exist. */
@Injectable()
export class MembershipMailJob extends ScheduledJob {
  constructor(private readonly links: MembershipLinkService) {
    super();
  }

  @Interval(EVERY_MS)
  run(): Promise<void> {
    return this.turn(() => this.links.sendDue(BATCH));
  }
}
