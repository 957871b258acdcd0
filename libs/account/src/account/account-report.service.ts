import { Injectable } from '@nestjs/common';
import { Clock } from '@portillon/kernel';
import { EntityManager, IsNull, MoreThan, MoreThanOrEqual, Or } from 'typeorm';
import { NO_PHONE, NO_REPORT } from './account.columns';
import { AccountRepository } from './account.repository';
import { AccountService } from './account.service';
import type { Account } from './account.types';
import { PendingChangeRepository } from '../pending-change/pending-change.repository';

/** What a report takes back. */
export interface TakenBack {
  /** The address before the earliest event that may be an intruder's. */
  email: string;
  /** A number that is not proved, or was proved since then, is removed. */
  since: Date;
  /** Whether a card or an e-CPS was linked since then. */
  isLinked: boolean;
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
   * Opens a report of an event, which administrators see, and locks the account's row until `tx` ends. Returns nothing when
   * the account is not active, or when an administrator or another report changed its access after the event.
   */
  async open(id: string, occurredAt: Date, tx: EntityManager): Promise<Account | undefined> {
    if (!(await this.rows.lockForUpdate(id, { status: 'ACTIVE' }, tx))) return undefined;
    const account = (await this.accounts.get(id, tx))!;
    if (account.accessChangedAt && account.accessChangedAt > occurredAt) return undefined;
    const unknown = { reportedEventAt: Or(IsNull(), MoreThan(occurredAt)) };
    await this.rows.record(id, unknown, { reportedEventAt: occurredAt }, tx);
    return account;
  }

  /**
   * Takes back what an intruder may have changed. Voids the password until another is chosen by a link, and pending changes.
   * The links of earlier events are void from now on: all that they could take back is.
   */
  async takeBack(
    account: Account,
    { email, since, isLinked }: TakenBack,
    tx: EntityManager,
  ): Promise<Account> {
    const { id, nationalId } = account;
    await this.rows.voidPasswords([id], 'reported', this.clock.now(), tx);
    await this.pendingChanges.deleteOf(id, tx);
    if (email !== account.email) await this.accounts.setEmail(id, email, tx);
    await this.rows.change(id, { phoneVerifiedAt: Or(IsNull(), MoreThanOrEqual(since)) }, NO_PHONE, tx);
    if (isLinked && nationalId) await this.accounts.unlinkNationalId(id, nationalId, tx);
    await this.rows.record(id, {}, { accessChangedAt: this.clock.now() }, tx);
    return (await this.accounts.get(id, tx))!;
  }

  /** Closes an open report. */
  async close(id: string, tx: EntityManager): Promise<void> {
    await this.rows.record(id, {}, NO_REPORT, tx);
  }
}
