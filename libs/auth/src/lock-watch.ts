import { BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { Account, PasswordAttempts } from '@portillon/account';
import type { Client } from '@portillon/http';
import { Database } from '@portillon/persistence';
import { Notices } from './notices';

/** Who tried, under which name, in which known browser. */
export interface FailedAttempt {
  username: string;
  browserId: string | null;
  /** Nobody's name has none. */
  account: Account | undefined;
  client: Client;
}

/**
 * Tells people that wrong passwords locked their account. It looks after the answer, for every name alike, so that the
 * time of the answer does not tell which names there are.
 */
@Injectable()
export class LockWatch implements BeforeApplicationShutdown {
  readonly #logger = new Logger('LockWatch');
  readonly #running = new Set<Promise<void>>();

  constructor(
    private readonly database: Database,
    private readonly attempts: PasswordAttempts,
    private readonly notices: Notices,
  ) {}

  /** Begins to look, and does not wait. */
  look(failed: FailedAttempt): void {
    const work = this.#look(failed)
      .catch((error: unknown) => this.#logger.warn(`lock not looked at: ${String(error)}`))
      .finally(() => this.#running.delete(work));
    this.#running.add(work);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.#running);
  }

  async #look({ username, browserId, account, client }: FailedAttempt): Promise<void> {
    const until = await this.attempts.lockedUntil(username, browserId);
    if (!until || account?.status !== 'ACTIVE') return;
    await this.notices.tell('account-locked', account, { client, until }, this.database);
  }
}
