import { Injectable } from '@nestjs/common';
import type { DataSubject, PersonalDataSource, PersonalRecords } from '@portillon/persistence';
import type { AuditEntry } from './journal/audit.types';
import { AuditService } from './journal/audit.service';

const PAGE = 100;
/** A year of a busy person; an export stays at a few megabytes. */
const MOST_ACTIVITY = 10_000;

declare module '@portillon/persistence' {
  interface PersonalRecords {
    activity: AuditEntry[];
  }
}

@Injectable()
export class AuditPersonalData implements PersonalDataSource {
  constructor(private readonly audit: AuditService) {}

  /** Newest first. */
  async export({ id }: DataSubject): Promise<Partial<PersonalRecords>> {
    const activity: AuditEntry[] = [];
    for (let cursor: string | undefined; activity.length < MOST_ACTIVITY;) {
      const page = await this.audit.ofAccount(id, { cursor, limit: PAGE });
      activity.push(...page.items);
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    return { activity };
  }

  /** Sealed lines stay: the account of their id has been pseudonymised. */
  async erase(): Promise<void> {}
}
