import { Injectable } from '@nestjs/common';
import { AuditEntry, AuditService } from '@portillon/audit';
import { DeliveryLogEntry, NotificationService } from '@portillon/notification';

const PAGE = 100;
/** A year of a busy person; one export stays a few megabytes. */
const MOST_ACTIVITY = 10_000;
const MOST_MESSAGES = 2_000;

/** The journal of a person, and what was sent to them. */
@Injectable()
export class KeptActivityService {
  constructor(
    private readonly audit: AuditService,
    private readonly notifications: NotificationService,
  ) {}

  /** Newest first. */
  async activityOf(accountId: string): Promise<AuditEntry[]> {
    const entries: AuditEntry[] = [];
    for (let cursor: string | undefined; entries.length < MOST_ACTIVITY;) {
      const page = await this.audit.ofAccount(accountId, { cursor, limit: PAGE });
      entries.push(...page.items);
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    return entries;
  }

  messagesOf(accountId: string): Promise<DeliveryLogEntry[]> {
    return this.notifications.deliveryLogOf(accountId, MOST_MESSAGES);
  }
}
