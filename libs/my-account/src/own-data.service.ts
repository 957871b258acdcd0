import { Injectable } from '@nestjs/common';
import type { Account } from '@portillon/account';
import { audited, personOf } from '@portillon/auth';
import { AuditEntry, AuditService } from '@portillon/audit';
import { Passkey, PasskeyService, TotpService } from '@portillon/authenticator';
import { Client } from '@portillon/http';
import { Clock } from '@portillon/kernel';
import { DeliveryLogEntry, NotificationService } from '@portillon/notification';
import {
  DeviceHistoryService,
  Session,
  SessionHistoryItem,
  TrustedDeviceHistoryItem,
} from '@portillon/session';
import { OwnAccountService } from './own-account.service';

/** Everything that is kept of a person. */
export interface OwnRecords {
  exportedAt: Date;
  account: Account;
  sessions: SessionHistoryItem[];
  browsers: TrustedDeviceHistoryItem[];
  passkeys: Passkey[];
  /** Since when an authenticator app gives the codes. */
  totpConfirmedAt: Date | null;
  activity: AuditEntry[];
  messages: DeliveryLogEntry[];
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
    private readonly passkeys: PasskeyService,
    private readonly totp: TotpService,
    private readonly notifications: NotificationService,
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
      passkeys: await this.passkeys.list(account.id),
      totpConfirmedAt: (await this.totp.confirmedAt(account.id)) ?? null,
      activity: await this.#activity(account.id),
      messages: await this.notifications.deliveryLogOf(account.id, MOST_MESSAGES),
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
