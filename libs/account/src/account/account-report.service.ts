import { Injectable } from '@nestjs/common';
import { Clock } from '@portillon/kernel';
import { EntityManager, IsNull, MoreThan } from 'typeorm';
import { NO_REPORT } from './account.columns';
import { AccountRepository } from './account.repository';
import { AccountService } from './account.service';
import type { Account } from './account.types';
import { PendingChangeRepository } from '../pending-change/pending-change.repository';

/** An event that a notice reported. */
export interface ReportedEvent {
  occurredAt: Date;
  /** The address that the notice went to. */
  mailbox: string;
  /** Whether it linked a card or an e-CPS. */
  isOfIdentity?: boolean;
}

/** Accounts whose holder reported an event as not theirs. A sign-in or an administrator closes the report. */
@Injectable()
export class AccountReportService {
  constructor(
    private readonly accounts: AccountService,
    private readonly rows: AccountRepository,
    private readonly pendingChanges: PendingChangeRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Records that the holder reported an event as not theirs. Disables the password until another is chosen by a link to
   * `mailbox`, voids pending changes, and removes the card or e-CPS if its link was the event. The earliest event of an
   * open report keeps its mailbox, so that an intruder who changed the address cannot redirect the links. Returns nothing
   * when the account is not active.
   */
  async report(
    id: string,
    { occurredAt, mailbox, isOfIdentity }: ReportedEvent,
    tx: EntityManager,
  ): Promise<Account | undefined> {
    if (!(await this.rows.hold(id, { status: 'ACTIVE' }, tx))) return undefined;
    const report = { reportedEventAt: occurredAt, reportMailbox: mailbox };
    for (const guard of [IsNull(), MoreThan(occurredAt)])
      await this.rows.note(id, { reportedEventAt: guard }, report, tx);
    await this.rows.takePasswords([id], 'reported', this.clock.now(), tx);
    await this.pendingChanges.deleteOf(id, tx);
    const account = await this.accounts.get(id, tx);
    if (!isOfIdentity || !account?.nationalId) return account;
    await this.accounts.unlinkNationalId(id, account.nationalId, tx);
    return this.accounts.get(id, tx);
  }

  /** Closes an open report: links to a new password go to the account's address again. */
  async close(id: string, tx: EntityManager): Promise<void> {
    await this.rows.note(id, {}, NO_REPORT, tx);
  }
}
