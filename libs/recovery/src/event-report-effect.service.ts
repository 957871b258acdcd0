import { Injectable } from '@nestjs/common';
import { AccountReportService } from '@portillon/account';
import { audited, FactorResetService } from '@portillon/access';
import { AuditService } from '@portillon/audit';
import { AuthenticatorService } from '@portillon/authenticator';
import { NOTICE_LINK_MS, type NotifiedEvent } from '@portillon/credential';
import type { Client } from '@portillon/http';
import { addMilliseconds, Clock } from '@portillon/kernel';
import { SecurityNoticeService } from '@portillon/security-notice';
import type { EntityManager } from 'typeorm';
import { LinkMailService } from './link-mail.service';

/** Closes an account to an intruder, after its holder reported an event as not theirs. */
@Injectable()
export class EventReportEffectService {
  constructor(
    private readonly reports: AccountReportService,
    private readonly authenticators: AuthenticatorService,
    private readonly factorReset: FactorResetService,
    private readonly links: LinkMailService,
    private readonly notices: SecurityNoticeService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /**
   * Disables the password, removes what an intruder may have added, and ends everything that is open. The link to a new
   * password goes to the mailbox of the earliest reported event. Returns false when the account is not active.
   */
  async apply(link: NotifiedEvent, client: Client, tx: EntityManager): Promise<boolean> {
    const isOfIdentity = link.event === 'identity-linked';
    const account = await this.reports.report(link.accountId, { ...link, isOfIdentity }, tx);
    if (!account) return false;
    // A means that is younger than the oldest valid link may be an intruder's, and would open the account again.
    const since = addMilliseconds(this.clock.now(), -NOTICE_LINK_MS);
    await this.authenticators.endAll(account.id, tx, since);
    await this.factorReset.endAll(account.id, 'event_reported', tx);
    // An account without a password gets no link: it would turn a mailbox into a way past the card.
    if (account.passwordDigest) await this.links.write({ kind: 'PASSWORD_RESET', account }, tx);
    await this.notices.notify('event-reported', account, { client }, tx);
    const event = { name: 'event_reported', outcome: 'SUCCESS', data: { event: link.event } } as const;
    await this.audit.record(audited(client, account, event), tx);
    return true;
  }
}
