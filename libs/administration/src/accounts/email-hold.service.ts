import { Injectable } from '@nestjs/common';
import { Account, PendingEmailService } from '@portillon/account';
import { SecurityNoticeService } from '@portillon/security-notice';
import type { EntityManager } from 'typeorm';
import type { Administrator } from '../administrator.types';

/** A new mail address that waits. {@link EmailConfirmationService} and {@link PendingEmailJob} end the waiting. */
@Injectable()
export class EmailHoldService {
  constructor(
    private readonly pendingEmails: PendingEmailService,
    private readonly notices: SecurityNoticeService,
  ) {}

  /** The present address hears at once from when the other one holds. */
  async hold({ actor }: Administrator, account: Account, email: string, tx: EntityManager): Promise<void> {
    const wish = { accountId: account.id, email, requestedBy: actor.id };
    const { effectiveAt } = await this.pendingEmails.request(wish, tx);
    const details = { by: 'administrator', to: account.email, until: effectiveAt } as const;
    await this.notices.notify('mail-change-requested', account, details, tx);
  }
}
