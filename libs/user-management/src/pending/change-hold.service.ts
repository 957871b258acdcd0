import { Injectable } from '@nestjs/common';
import { Account, PendingChange, PendingChangeKind, PendingChangeService } from '@portillon/account';
import { Clock } from '@portillon/kernel';
import { NoticeKind, SecurityNoticeService } from '@portillon/security-notice';
import type { EntityManager } from 'typeorm';
import { ActJournalService } from '../rights/act-journal.service';
import type { Administrator } from '../rights/administrator.types';
import { accessWaits } from './four-eyes.policy';
import { actOfChange } from './pending-change-act';

const NOTICES = {
  email: 'mail-change-requested',
  identity: 'identity-link-requested',
  roles: 'rights-change-requested',
  erasure: 'erasure-requested',
} as const satisfies Record<PendingChangeKind, NoticeKind>;

/** A change that waits. {@link ChangeDecisionService} and {@link PendingChangeJob} end the waiting. */
@Injectable()
export class ChangeHoldService {
  constructor(
    private readonly pendingChanges: PendingChangeService,
    private readonly notices: SecurityNoticeService,
    private readonly journal: ActJournalService,
    private readonly clock: Clock,
  ) {}

  /** Whether what opens this account waits when an administrator gives it. */
  isNeeded(account: Account): boolean {
    return accessWaits(account, this.clock.now());
  }

  /** The present address hears at once from when the change holds. */
  async hold(
    administrator: Administrator,
    account: Account,
    change: Pick<PendingChange, 'kind' | 'value'>,
    reason: string | undefined,
    tx: EntityManager,
  ): Promise<void> {
    const wish = { ...change, accountId: account.id, requestedBy: administrator.actor.id };
    const { effectiveAt } = await this.pendingChanges.request(wish, tx);
    const act = { ...actOfChange(change, 'requested'), reason };
    await this.journal.recordOnAccount(administrator, account, act, tx);
    const details = { by: 'administrator', to: account.email, until: effectiveAt } as const;
    await this.notices.notify(NOTICES[change.kind], account, details, tx);
  }
}
