import type { Dialect, SqlValue } from './database';
import { isServersAnswer } from './database-error';
import { MysqlStatements } from './mysql-statements';
import type { Asked } from './trips';

/** A statement of a trip that matched: how many rows is not told, so that nothing can be decided by it but a guard. */
const MATCHED = { affectedRows: 1 };

/**
 * The statements of a transaction that asks for all of them at once: they leave together, with their COMMIT, when every
 * promise of this turn has been heard. Answers come after the commit. It cannot read.
 */
export class OneTripStatements extends MysqlStatements {
  override readonly holdsGuards = true;
  readonly #asked: Asked[] = [];
  #sent?: Promise<void>;
  #state: 'open' | 'sent' | 'lost' | 'given up' = 'open';

  constructor(
    private readonly send: (statements: readonly Asked[]) => Promise<void>,
    dialect: Dialect,
  ) {
    super(dialect);
  }

  /** Whether the server did not reach the commit and said so, by a guard or another error. */
  get isLost(): boolean {
    return this.#state === 'lost';
  }

  /** The work failed: what it asked for and has not left stays here. */
  giveUp(): void {
    if (this.#state === 'open') this.#state = 'given up';
  }

  override async rows<Row>(): Promise<Row[]> {
    throw new Error('A transaction in one trip cannot read');
  }

  override run(sql: string, values: readonly SqlValue[]): Promise<unknown> {
    return this.#ask({ sql, values, isGuard: false });
  }

  override async claim(sql: string, values: readonly SqlValue[] = []): Promise<number> {
    return (await this.#ask({ sql, values, isGuard: true })).affectedRows;
  }

  async #ask(asked: Asked): Promise<typeof MATCHED> {
    if (this.#state !== 'open') throw new Error('A transaction in one trip asked for more after it');
    this.#asked.push(asked);
    await (this.#sent ??= this.#leave());
    return MATCHED;
  }

  async #leave(): Promise<void> {
    await new Promise(setImmediate);
    if (this.#state === 'given up') throw new Error('its work failed');
    this.#state = 'sent';
    try {
      await this.send(this.#asked);
    } catch (error) {
      if (isServersAnswer(error)) this.#state = 'lost';
      throw error;
    }
  }
}
