import { BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import type { SignInAccount } from '@portillon/account';
import { PasswordAttemptService } from '@portillon/credential';
import { AuditService } from '@portillon/audit';
import type { Client } from '@portillon/http';
import { Transactions } from '@portillon/persistence';
import { SecurityNoticeService } from '@portillon/security-notice';
import { audited } from '@portillon/access';

/** The attempt: client, user name, and known browser. */
export interface FailedAttempt {
  username: string;
  browserId: string | null;
  /** Undefined for an unknown name. */
  account: SignInAccount | undefined;
  client: Client;
}

/**
 * Detects that wrong passwords locked an account. Records one journal event per lock, and notifies the account holder. Runs
 * after the answer, for every name, so that response times do not reveal which names exist.
 */
@Injectable()
export class LockNoticeService implements BeforeApplicationShutdown {
  readonly #logger = new Logger('LockNoticeService');
  readonly #running = new Set<Promise<void>>();

  constructor(
    private readonly transactions: Transactions,
    private readonly attempts: PasswordAttemptService,
    private readonly notices: SecurityNoticeService,
    private readonly audit: AuditService,
  ) {}

  /** Begins to look, and does not wait. */
  check(failed: FailedAttempt): void {
    const work = this.#look(failed)
      .catch((error: unknown) => this.#logger.warn(`lock not checked: ${String(error)}`))
      .finally(() => this.#running.delete(work));
    this.#running.add(work);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.#running);
  }

  async #look(failed: FailedAttempt): Promise<void> {
    const { username, browserId, account, client } = failed;
    const until = await this.attempts.lockedUntil(username, browserId);
    if (!until || !account) return;
    await this.transactions.run(async (tx) => {
      if (!(await this.attempts.recordLock(username, browserId, until, tx))) return;
      const data = { until: until.toISOString(), where: browserId ? 'known-browser' : 'anywhere' } as const;
      const event = { name: 'authn_login_lock', outcome: 'FAILURE', means: 'password', data } as const;
      await this.audit.record(audited(client, account, { ...event, reason: 'too-many-failures' }), tx);
      // Who was invited has no password yet, who was deactivated hears nothing more.
      if (account.status !== 'ACTIVE') return;
      await this.notices.notify('account-locked', account, { client, until }, tx);
    });
  }
}
