import { Injectable, OnModuleInit } from '@nestjs/common';
import { AuditData, AuditSealService, JournalSubscriber, JournalLine } from '@portillon/audit';
import { SecurityNoticeService } from '@portillon/security-notice';
import type { EntityManager } from 'typeorm';

/** What the journal says of a sign-in in a browser that did not know its person, remembered or not. */
export const IN_NEW_BROWSER = { newBrowser: true } satisfies AuditData;

/**
 * Tells people that somebody signed in as them in a new browser. From the journal, a minute later at most, so that the
 * sign-in itself writes nothing more for it.
 */
@Injectable()
export class NewBrowserJob implements OnModuleInit, JournalSubscriber {
  constructor(
    private readonly seals: AuditSealService,
    private readonly notices: SecurityNoticeService,
  ) {}

  onModuleInit(): void {
    this.seals.subscribe(this);
  }

  linesSealed(lines: readonly JournalLine[], tx: EntityManager): Promise<void> {
    return this.notices.notifyAll('new-browser', lines.flatMap(toNotice), tx);
  }
}

function toNotice({ name, data, accountId, address, device }: JournalLine) {
  if (name !== 'authn_login_success' || data['newBrowser'] !== true || !accountId) return [];
  return [{ subjectId: accountId, client: { address: address ?? '', userAgent: device ?? '' } }];
}
