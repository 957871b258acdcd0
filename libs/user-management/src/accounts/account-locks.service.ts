import { Injectable } from '@nestjs/common';
import { Account, AccountReportService, AccountService } from '@portillon/account';
import { AuditService } from '@portillon/audit';
import { PasswordAttemptService } from '@portillon/credential';
import { Clock, DAY, addMilliseconds } from '@portillon/kernel';
import { OtpService } from '@portillon/otp';
import type { EntityManager } from 'typeorm';

/** The most accounts in one list: the journal shows an attack that locks more. */
const MOST = 500;
const PAGE = 100;

/** Finds and unlocks the accounts that wrong passwords, wrong codes or a report of their holder have locked. */
@Injectable()
export class AccountLocksService {
  constructor(
    private readonly attempts: PasswordAttemptService,
    private readonly otp: OtpService,
    private readonly audit: AuditService,
    private readonly accounts: AccountService,
    private readonly reports: AccountReportService,
    private readonly clock: Clock,
  ) {}

  /** The ids of those of these accounts that are locked now. */
  async findLockedAmong(accounts: readonly Account[]): Promise<Set<string>> {
    const [names, ids] = await Promise.all([
      this.attempts.delayedAmong(accounts.map(({ username }) => username)),
      this.otp.lockedAmong(accounts.map(({ id }) => id)),
    ]);
    const locked = accounts.filter(({ id, username }) => names.has(username) || ids.has(id));
    return new Set(locked.map(({ id }) => id));
  }

  /**
   * Returns the ids of all accounts that are locked now, at most {@link MOST} of each kind. Wrong passwords are counted by
   * a digest of the name, which identifies no account. Password locks therefore come from the journal of the last day, the
   * longest lock.
   */
  async findLocked(): Promise<string[]> {
    const [recorded, byCodes] = await Promise.all([this.#recordedLately(), this.otp.locked(MOST)]);
    const accounts = await this.accounts.getAll(recorded);
    return [...new Set([...(await this.findLockedAmong([...accounts.values()])), ...byCodes])];
  }

  /** Forgets wrong passwords and wrong codes, and closes an open report. */
  async unlock({ id, username }: Account, tx: EntityManager): Promise<void> {
    await this.attempts.unlock(username, tx);
    await this.otp.unlock(id, tx);
    await this.reports.close(id, tx);
  }

  async #recordedLately(): Promise<string[]> {
    const from = addMilliseconds(this.clock.now(), -DAY);
    const ids = new Set<string>();
    let cursor: string | undefined;
    do {
      const page = await this.audit.search({ names: ['authn_login_lock'], from }, { cursor, limit: PAGE });
      for (const { accountId } of page.items) if (accountId) ids.add(accountId);
      cursor = page.nextCursor ?? undefined;
    } while (cursor && ids.size < MOST);
    return [...ids];
  }
}
