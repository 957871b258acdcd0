import { Injectable } from '@nestjs/common';
import { Account, AccountService } from '@portillon/account';
import { audited, IpThrottleService } from '@portillon/access';
import { AuditService } from '@portillon/audit';
import { NoticeLinkService, type NotifiedEvent } from '@portillon/credential';
import type { Client } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { SecurityNoticeService } from '@portillon/security-notice';
import { EventReportEffectService } from './event-report-effect.service';

/** The event that a link reports. */
export interface ReportableEvent {
  /** As the notice named it, in the caller's language. */
  title: string;
  occurredAt: Date;
}

/**
 * « Ce n’était pas moi »: the reader of a notice reports that an event was not theirs. The link closes an account to an
 * intruder and opens nothing: another reader of the mail can only make the account holder choose a new password.
 */
@Injectable()
export class EventReportService {
  constructor(
    private readonly throttle: IpThrottleService,
    private readonly links: NoticeLinkService,
    private readonly accounts: AccountService,
    private readonly notices: SecurityNoticeService,
    private readonly transactions: Transactions,
    private readonly effect: EventReportEffectService,
    private readonly audit: AuditService,
  ) {}

  /** Returns the event of a link, which stays valid. @throws AppError `token.rejected`, `attempts.exceeded` */
  async event(token: string, client: Client): Promise<ReportableEvent> {
    const { link } = await this.#check(token, client);
    const title = this.notices.titleOf(link.event, client.locale);
    return { title: title ?? link.event, occurredAt: link.occurredAt };
  }

  /**
   * Reports the event. Of several concurrent requests with one link, one takes effect.
   *
   * @throws AppError `token.rejected` whatever is wrong with the link or the account, `attempts.exceeded`
   */
  async report(token: string, client: Client): Promise<void> {
    const { account } = await this.#check(token, client);
    const isReported = await this.transactions.run(async (tx) => {
      const link = await this.links.use(token, tx);
      return link ? this.effect.apply(link, client, tx) : false;
    });
    if (!isReported) await this.#refuse(account, client);
  }

  async #check(token: string, client: Client): Promise<{ link: NotifiedEvent; account: Account }> {
    await this.throttle.enforce('password', client);
    const link = await this.links.find(token);
    const account = link && (await this.accounts.get(link.accountId));
    if (link && account?.status === 'ACTIVE') return { link, account };
    await this.throttle.countFailure('password', client);
    return this.#refuse(account, client);
  }

  async #refuse(account: Account | undefined, client: Client): Promise<never> {
    const reason = account ? 'link-not-for-account' : 'link-not-good';
    const event = { name: 'event_reported_fail', outcome: 'FAILURE', reason } as const;
    await this.audit.record(audited(client, account, event));
    throw new AppError('token.rejected', { detail: reason });
  }
}
