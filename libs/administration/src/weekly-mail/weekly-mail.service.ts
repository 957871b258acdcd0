import { Inject, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Account, AccountService, DirectoryChangeService } from '@portillon/account';
import { Clock, MINUTE, ScheduledJob } from '@portillon/kernel';
import { NotificationService } from '@portillon/notification';
import { Transactions } from '@portillon/persistence';
import { RECOVERY_MAIL_OPTIONS } from '@portillon/recovery';
import type { RecoveryMailOptions } from '@portillon/recovery';
import { ActJournalService, AdministeredStructureService, rightsScopeOf } from '@portillon/user-management';
import type { Administrator, Scope } from '@portillon/user-management';
import { AccountListService } from '../accounts/list/account-list.service';
import { COUNTED_SELECTIONS, weeklyMail } from './weekly-mail.texts';
import type { WeeklyCounts } from './weekly-mail.texts';
import { nextMonday } from './weekly-mail.policy';
import { WeeklyMailEntity, WeeklyMailRepository } from './weekly-mail.repository';

const BATCH = 500;

/** The mail of Monday, with the number of decisions that wait for an administrator who chose it. */
@Injectable()
export class WeeklyMailService extends ScheduledJob {
  constructor(
    private readonly transactions: Transactions,
    private readonly rows: WeeklyMailRepository,
    private readonly accounts: AccountService,
    private readonly list: AccountListService,
    private readonly directory: DirectoryChangeService,
    private readonly structures: AdministeredStructureService,
    private readonly notifications: NotificationService,
    private readonly journal: ActJournalService,
    private readonly clock: Clock,
    @Inject(RECOVERY_MAIL_OPTIONS) private readonly options: RecoveryMailOptions,
  ) {
    super();
  }

  isChosen({ actor }: Administrator): Promise<boolean> {
    return this.rows.has(actor.id);
  }

  /** Starts or stops the mail. What was chosen before is not recorded again. */
  choose(administrator: Administrator, isWanted: boolean): Promise<void> {
    const accountId = administrator.actor.id;
    return this.transactions.run(async (tx) => {
      const dueAt = nextMonday(this.clock.now());
      const isChanged = isWanted
        ? await this.rows.add({ accountId, dueAt }, tx)
        : await this.rows.remove(accountId, tx);
      const data = { weeklyMail: isWanted ? 'on' : 'off' } as const;
      if (isChanged) await this.journal.record(administrator, { name: 'weekly_mail_changed', data }, tx);
    });
  }

  /** Writes the mails that are due, each once across all instances. */
  @Interval(MINUTE)
  run(): Promise<void> {
    return this.turn(async () => {
      const due = await this.rows.findDue(this.clock.now(), BATCH);
      const people = await this.accounts.getAll(due.map(({ accountId }) => accountId));
      await this.each(
        due,
        ({ accountId }) => `weekly mail of ${accountId}`,
        (row) => this.#settle(row, people.get(row.accountId)),
      );
    });
  }

  async #settle(row: WeeklyMailEntity, account: Account | undefined): Promise<void> {
    const own = account?.status === 'ACTIVE' ? rightsScopeOf('accounts.decide', account) : undefined;
    const scope = await this.structures.withBelow(own);
    if (!account || !scope) {
      await this.transactions.run((tx) => this.rows.remove(row.accountId, tx));
      return;
    }
    const counts = await this.#count(scope);
    const usefulUntil = nextMonday(this.clock.now());
    await this.transactions.run(async (tx) => {
      if (!(await this.rows.postpone(row, usefulUntil, tx)) || counts.length === 0) return;
      const message = weeklyMail(account, counts, this.options);
      const enqueueing = { kind: 'weekly', accountId: account.id, when: 'bulk', usefulUntil } as const;
      await this.notifications.enqueue(message, enqueueing, tx);
    });
  }

  /** Only what is not zero. */
  async #count(scope: Scope): Promise<WeeklyCounts> {
    const counts: WeeklyCounts = [];
    for (const only of COUNTED_SELECTIONS) counts.push([only, await this.list.count(scope, only)]);
    counts.push(['DIRECTORY', await this.directory.countOpen(scope.structureIds)]);
    return counts.filter(([, count]) => count > 0);
  }
}
