import { Injectable } from '@nestjs/common';
import { Account, ListPreference, ListPreferenceService } from '@portillon/account';
import { audited, personOf } from '@portillon/access';
import { AuditEntry, AuditService } from '@portillon/audit';
import { AuthenticatorService, HeldMeans } from '@portillon/authenticator';
import { Client } from '@portillon/http';
import { Clock } from '@portillon/kernel';
import { DeliveryLogEntry, NotificationService } from '@portillon/notification';
import {
  DeviceHistoryService,
  Session,
  SessionHistoryItem,
  TrustedDeviceHistoryItem,
} from '@portillon/session';
import { OwnAccountService } from '../own-account.service';

/** Everything that is kept of a person. */
export interface OwnRecords extends HeldMeans {
  exportedAt: Date;
  account: Account;
  sessions: SessionHistoryItem[];
  browsers: TrustedDeviceHistoryItem[];
  activity: AuditEntry[];
  messages: DeliveryLogEntry[];
  lists: (ListPreference & { list: string })[];
}

const PAGE = 100;
/** A year of a busy person; one export stays a few megabytes. */
const MOST_ACTIVITY = 10_000;
const MOST_MESSAGES = 2_000;

/** « Mes données »: what is known of a person, for that person (GDPR, articles 15 and 20). */
@Injectable()
export class OwnDataService {
  constructor(
    private readonly own: OwnAccountService,
    private readonly deviceHistory: DeviceHistoryService,
    private readonly authenticators: AuthenticatorService,
    private readonly notifications: NotificationService,
    private readonly lists: ListPreferenceService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  async collect(session: Session, client: Client): Promise<OwnRecords> {
    const account = await this.own.get(session);
    await this.audit.record(
      audited(client, personOf(session), { name: 'data_exported', outcome: 'SUCCESS' }),
    );
    return {
      exportedAt: this.clock.now(),
      account,
      sessions: await this.deviceHistory.sessionsOf(account.id),
      browsers: await this.deviceHistory.trustedDevicesOf(account.id),
      ...(await this.authenticators.heldBy(account.id)),
      activity: await this.#activity(account.id),
      messages: await this.notifications.deliveryLogOf(account.id, MOST_MESSAGES),
      lists: await this.lists.all(account.id),
    };
  }

  async #activity(accountId: string): Promise<AuditEntry[]> {
    const entries: AuditEntry[] = [];
    for (let cursor: string | undefined; entries.length < MOST_ACTIVITY;) {
      const page = await this.audit.ofAccount(accountId, { cursor, limit: PAGE });
      entries.push(...page.items);
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    return entries;
  }
}
