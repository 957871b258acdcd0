import { Injectable, OnModuleInit } from '@nestjs/common';
import { AuditData, AuditSealService, JournalSubscriber, JournalLine } from '@portillon/audit';
import { SecurityNoticeService } from '@portillon/security-notice';
import type { EntityManager } from 'typeorm';

/** The journal fact of a sign-in in a browser that is new to the account, remembered or not. */
export const IN_NEW_BROWSER = { newBrowser: true } satisfies AuditData;

/** Notifies users of sign-ins in a new browser. Reads the journal, so that a sign-in needs no further write. */
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
