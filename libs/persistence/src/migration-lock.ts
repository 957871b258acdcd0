import { SystemClock, SystemRandom } from '@portillon/kernel';
import type { DataSource } from 'typeorm';
import { exactlyOne } from './exactly-one';
import { isEmbedded } from './is-embedded';

const TABLE = 'migrationLock';
/** Maximum wait for a holder that was killed. */
const LEASE_SECONDS = 60;
const RENEWAL_MS = 20_000;

/**
 * Lets one process at a time migrate. The lock is a row whose lease follows the database server's clock: `GET_LOCK`
 * holds on one node of a Galera cluster only.
 */
export class MigrationLock {
  readonly #holder = new SystemRandom(new SystemClock()).id();
  #renewal?: NodeJS.Timeout;

  constructor(private readonly dataSource: DataSource) {}

  /** Creates the table and its row. A migration cannot do it, since it runs under the lock. */
  async prepare(): Promise<void> {
    await this.dataSource.query(
      `CREATE TABLE IF NOT EXISTS ${TABLE} (id int NOT NULL PRIMARY KEY, holder varchar(36) NULL, heldUntil int NOT NULL)`,
    );
    const values = { id: 1, heldUntil: 0 };
    await this.dataSource.createQueryBuilder().insert().into(TABLE).values(values).orIgnore().execute();
  }

  /** Takes the lock when it is free or its lease is over, and renews it. Returns whether it was taken. */
  async take(): Promise<boolean> {
    if (!(await this.#hold(`holder IS NULL OR heldUntil < ${this.#now}`))) return false;
    this.#renewal = setInterval(() => void this.#hold('holder = :holder').catch(() => undefined), RENEWAL_MS);
    this.#renewal.unref();
    return true;
  }

  async release(): Promise<void> {
    clearInterval(this.#renewal);
    await this.#update({ holder: null }, 'holder = :holder');
  }

  #hold(condition: string): Promise<boolean> {
    const heldUntil = () => `${this.#now} + ${LEASE_SECONDS}`;
    return this.#update({ holder: this.#holder, heldUntil }, condition);
  }

  async #update(values: object, condition: string): Promise<boolean> {
    const update = this.dataSource.createQueryBuilder().update(TABLE).set(values);
    return exactlyOne(await update.where(condition, { holder: this.#holder }).execute());
  }

  /** Seconds since 1970 by the database's clock. */
  get #now(): string {
    return isEmbedded(this.dataSource.manager)
      ? "CAST(strftime('%s', 'now') AS integer)"
      : 'UNIX_TIMESTAMP()';
  }
}
