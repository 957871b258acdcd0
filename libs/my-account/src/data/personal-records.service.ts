import { Injectable } from '@nestjs/common';
import {
  Account,
  AccountImportService,
  KeptImportLine,
  ListPreference,
  ListPreferenceService,
} from '@portillon/account';
import type { AuditEntry } from '@portillon/audit';
import { AuthenticatorService, HeldMeans } from '@portillon/authenticator';
import { Clock } from '@portillon/kernel';
import type { DeliveryLogEntry } from '@portillon/notification';
import { DeviceHistoryService, SessionHistoryItem, TrustedDeviceHistoryItem } from '@portillon/session';
import { KeptActivityService } from './kept-activity.service';
import { EnteredApplication, KeptApplicationsService } from './kept-applications.service';

/** Everything that is kept of a person. */
export interface PersonalRecords extends HeldMeans {
  exportedAt: Date;
  account: Account;
  sessions: SessionHistoryItem[];
  browsers: TrustedDeviceHistoryItem[];
  applications: EnteredApplication[];
  activity: AuditEntry[];
  messages: DeliveryLogEntry[];
  lists: (ListPreference & { list: string })[];
  imports: KeptImportLine[];
}

/**
 * What is known of a person (GDPR, articles 15 and 20), for that person and for who answers in their place: the caller
 * writes the line of the journal first.
 */
@Injectable()
export class PersonalRecordsService {
  constructor(
    private readonly deviceHistory: DeviceHistoryService,
    private readonly authenticators: AuthenticatorService,
    private readonly lists: ListPreferenceService,
    private readonly imports: AccountImportService,
    private readonly applications: KeptApplicationsService,
    private readonly activity: KeptActivityService,
    private readonly clock: Clock,
  ) {}

  async collect(account: Account): Promise<PersonalRecords> {
    return {
      exportedAt: this.clock.now(),
      account,
      sessions: await this.deviceHistory.sessionsOf(account.id),
      browsers: await this.deviceHistory.trustedDevicesOf(account.id),
      ...(await this.authenticators.heldBy(account.id)),
      applications: await this.applications.entriesOf(account.id),
      activity: await this.activity.activityOf(account.id),
      messages: await this.activity.messagesOf(account.id),
      lists: await this.lists.all(account.id),
      imports: await this.imports.linesOf(account),
    };
  }
}
