import { Injectable } from '@nestjs/common';
import { Account, AccountService, InvitationWaveService } from '@portillon/account';
import { AuditService } from '@portillon/audit';
import { audited, IpThrottleService } from '@portillon/access';
import { AccountTokenKind, AccountTokenService } from '@portillon/credential';
import type { Client } from '@portillon/http';
import { AppError } from '@portillon/kernel';

/** The accounts that may use each kind of link, and its journal event. */
export const LINK_KINDS = {
  INVITATION: { status: 'INVITED', event: 'user_activated', refusal: 'user_activated_fail' },
  PASSWORD_RESET: {
    status: 'ACTIVE',
    event: 'authn_password_reset',
    refusal: 'authn_password_reset_fail',
  },
  MEMBERSHIP: { status: 'ACTIVE', event: 'membership_opened', refusal: 'membership_opened_fail' },
  EVENT_REPORT: { status: 'ACTIVE', event: 'event_reported', refusal: 'event_reported_fail' },
} as const;

export type LinkKind = keyof typeof LINK_KINDS;

/** Finds the account of a link. All invalid links get the same answer; the journal has the reason. */
@Injectable()
export class LinkCheckService {
  constructor(
    private readonly throttle: IpThrottleService,
    private readonly tokens: AccountTokenService,
    private readonly accounts: AccountService,
    private readonly waves: InvitationWaveService,
    private readonly audit: AuditService,
  ) {}

  /** Does not consume the link; a wave of invitations counts it as opened. @throws AppError `token.rejected`, `attempts.exceeded` */
  async holder(kind: AccountTokenKind, token: string, client: Client): Promise<Account> {
    const find = async () => {
      const accountId = await this.tokens.find(kind, token);
      return accountId === undefined ? undefined : { accountId };
    };
    const { account } = await this.check(kind, find, client);
    if (kind === 'INVITATION') await this.waves.recordOpened(account.id);
    return account;
  }

  /** As {@link holder}, of a link that `find` reads, with what it read. */
  async check<Link extends { accountId: string }>(
    kind: LinkKind,
    find: () => Promise<Link | undefined>,
    client: Client,
  ): Promise<{ link: Link; account: Account }> {
    const link = await find();
    const account = link && (await this.accounts.get(link.accountId));
    if (link && account?.status === LINK_KINDS[kind].status) return { link, account };
    // After the look-up: a link is no guess, and a good one opens however many bad ones came from the same address.
    await this.throttle.countBadLink(client);
    return this.refuse(kind, account, client);
  }

  /** @throws AppError `token.rejected` */
  async refuse(kind: LinkKind, account: Account | undefined, client: Client): Promise<never> {
    const reason = account ? 'link-not-for-account' : 'link-not-good';
    const event = { name: LINK_KINDS[kind].refusal, outcome: 'FAILURE', reason } as const;
    await this.audit.record(audited(client, account, event));
    throw new AppError('token.rejected', { detail: reason });
  }
}
