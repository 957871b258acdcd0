import { Injectable } from '@nestjs/common';
import { type Account, AccountReportService } from '@portillon/account';
import { audited, FactorResetService } from '@portillon/access';
import { AuditService } from '@portillon/audit';
import { AuthenticatorService } from '@portillon/authenticator';
import { type NotifiedEvent, NoticeLinkService } from '@portillon/credential';
import type { Client } from '@portillon/http';
import { Transactions } from '@portillon/persistence';
import { SecurityNoticeService } from '@portillon/security-notice';
import type { EntityManager } from 'typeorm';
import { InvitationService } from './invitation.service';
import { LinkCheckService } from './link-check.service';

/** The events by which the holder of a session links a card or an e-CPS. */
const LINKED = ['card_linked', 'ecps_linked'];

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
    private readonly reports: AccountReportService,
    private readonly authenticators: AuthenticatorService,
    private readonly factorReset: FactorResetService,
    private readonly invitations: InvitationService,
    private readonly audit: AuditService,
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
      return link ? this.#close(link, client, tx) : false;
    });
    if (!isReported) await this.checks.refuse('EVENT_REPORT', account, client);
  }

  async #check(token: string, client: Client) {
    const checked = await this.checks.check('EVENT_REPORT', () => this.links.find(token), client);
    const { account, link } = checked;
    const isVoid = account.accessChangedAt && account.accessChangedAt > link.occurredAt;
    return isVoid ? this.checks.refuse('EVENT_REPORT', account, client) : checked;
  }

  /**
   * Opens a report, and takes back what an intruder may have changed. The reader of a former mailbox, which an
   * administrator replaced, only alerts administrators. Returns false when the account is not active, or its access was
   * changed by an administrator since the event.
   */
  async #close(link: NotifiedEvent, client: Client, tx: EntityManager): Promise<boolean> {
    const account = await this.reports.open(link.accountId, link.occurredAt, tx);
    if (!account) return false;
    if (!this.notices.onlyAlerts(link.event)) await this.#takeBack(account, link, client, tx);
    const event = { name: 'event_reported', outcome: 'SUCCESS', data: { event: link.event } } as const;
    await this.audit.record(audited(client, account, event), tx);
    return true;
  }

  /**
   * Disables the password, removes what an intruder may have added in seven days, and ends everything that is open. The link
   * to a new password goes to the address that is taken back.
   */
  async #takeBack(before: Account, link: NotifiedEvent, client: Client, tx: EntityManager): Promise<void> {
    // A means that is younger than the oldest valid link may be an intruder's, and would open the account again.
    const { since, events } = await this.links.recent(before.id, tx);
    const isLinked =
      link.event === 'identity-linked' || (await this.audit.hasRecorded(before.id, LINKED, since, tx));
    const email = this.#emailBefore(before, link, events);
    const account = await this.reports.takeBack(before, { email, since, isLinked }, tx);
    await this.authenticators.endAll(account.id, tx, since);
    await this.factorReset.endAll(account.id, 'event_reported', tx);
    // An account without a password gets no link: it would turn a mailbox into a way past the card.
    if (account.passwordDigest) await this.invitations.sendPasswordLink(account, tx);
    await this.notices.notify('event-reported', account, { client }, tx);
    // It may be the holder's, and the one that is taken back a mailbox that they lost.
    if (email !== before.email)
      await this.notices.notify('event-reported', account, { client, to: before.email }, tx);
  }

  /** The mailbox of the earliest event since the access was last changed: an intruder's mailbox is of a later one. */
  #emailBefore({ accessChangedAt }: Account, link: NotifiedEvent, events: NotifiedEvent[]): string {
    const isOfIntruder = ({ event, occurredAt }: NotifiedEvent) =>
      !this.notices.onlyAlerts(event) && !(accessChangedAt && accessChangedAt > occurredAt);
    const first = events.find(isOfIntruder);
    return first && first.occurredAt < link.occurredAt ? first.mailbox : link.mailbox;
  }
}
