import { Injectable } from '@nestjs/common';
import { NoticeLinkService } from '@portillon/credential';
import type { Client } from '@portillon/http';
import { Transactions } from '@portillon/persistence';
import { SecurityNoticeService } from '@portillon/security-notice';
import { EventReportEffectService } from './event-report-effect.service';
import { LinkCheckService } from './link-check.service';

/** The event that a link reports. */
export interface ReportableEvent {
  /** As the notice named it, in the caller's language. */
  title: string;
  occurredAt: Date;
  /** Whether a report only alerts administrators. */
  alertsOnly: boolean;
}

/**
 * « Ce n’était pas moi »: the reader of a notice reports that an event was not theirs. The link closes an account to an
 * intruder and opens nothing: another reader of the mail can only make the account holder choose a new password.
 */
@Injectable()
export class EventReportService {
  constructor(
    private readonly checks: LinkCheckService,
    private readonly links: NoticeLinkService,
    private readonly notices: SecurityNoticeService,
    private readonly transactions: Transactions,
    private readonly effect: EventReportEffectService,
  ) {}

  /** Returns the event of a link, which stays valid. @throws AppError `token.rejected`, `attempts.exceeded` */
  async event(token: string, client: Client): Promise<ReportableEvent> {
    const { link } = await this.#check(token, client);
    const title = this.notices.titleOf(link.event, client.locale);
    const alertsOnly = this.notices.onlyAlerts(link.event);
    return { title: title ?? link.event, occurredAt: link.occurredAt, alertsOnly };
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
    if (!isReported) await this.checks.refuse('EVENT_REPORT', account, client);
  }

  async #check(token: string, client: Client) {
    const checked = await this.checks.check('EVENT_REPORT', () => this.links.find(token), client);
    const { account, link } = checked;
    const isVoid = account.accessChangedAt && account.accessChangedAt > link.occurredAt;
    return isVoid ? this.checks.refuse('EVENT_REPORT', account, client) : checked;
  }
}
