import { Injectable } from '@nestjs/common';
import { ClosedAccountService, IMPORTS_KEPT_MS, inactivityOptions } from '@portillon/account';
import { AuditPolicy } from '@portillon/audit';
import { DAY } from '@portillon/kernel';
import { NotificationPolicy } from '@portillon/notification';
import { OtpPolicy } from '@portillon/otp';
import { SessionPolicy } from '@portillon/session';
import { DELIVERIES_KEPT_MS } from '@portillon/webhook';
import type { Retention } from './statement.types';

/** For how long what is kept is kept, by the numbers that the purges work with. */
@Injectable()
export class RetentionFactsService {
  constructor(
    private readonly journal: AuditPolicy,
    private readonly sessions: SessionPolicy,
    private readonly codes: OtpPolicy,
    private readonly messages: NotificationPolicy,
    private readonly closedAccounts: ClosedAccountService,
  ) {}

  read(): Retention[] {
    return [
      { of: 'journal', days: this.journal.keptMs / DAY },
      { of: 'messages', days: this.messages.limits.retentionMs / DAY },
      { of: 'imports', days: IMPORTS_KEPT_MS / DAY },
      { of: 'sessions', days: this.sessions.retentionMs / DAY },
      { of: 'codes', days: this.codes.options.retentionMs / DAY },
      { of: 'webhook-deliveries', days: DELIVERIES_KEPT_MS / DAY },
      { of: 'unused-accounts', days: inactivityOptions().blockedAfterMs / DAY },
      { of: 'closed-accounts', days: this.closedAccounts.keptMs / DAY },
    ];
  }
}
