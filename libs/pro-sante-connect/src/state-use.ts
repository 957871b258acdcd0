import { AppError, Clock, tooMany } from '@portillon/kernel';
import { Database, isUniqueViolation, Statements } from '@portillon/persistence';
import type { Hit, OverLimit } from '@portillon/rate-limit';

/** How often whoever came may come. */
export interface Turn {
  hit: Hit;
  /** Counted in the database, where a count is a commit: only of who is not at once let in. */
  inDatabase: boolean;
  /** Counts: what refuses who came too often. */
  take(at: Statements): Promise<OverLimit | undefined>;
}

/** A state comes once: this one came before, here or to another process. */
export class StateUsed extends AppError {
  constructor() {
    super('sign-in.required', 'unauthenticated', { detail: 'replayed-state' });
  }
}

/**
 * That somebody came back with a state of ours, which is used up by it. Of several with the same state the key lets one
 * in, and nothing that PSC said has an effect without it.
 */
export class StateUse {
  #alone?: Promise<void>;

  constructor(
    private readonly state: { id: string; until: Date },
    private readonly turn: Turn,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * With the rest of a transaction, which is undone when the state was used. Counts nothing: it would lock the row of a
   * whole hospital for as long as the transaction lasts, and who is proved need not be counted with who is not.
   */
  async along(tx: Statements): Promise<void> {
    await this.#insert(tx);
  }

  /**
   * By itself, with a count of who came, once, however often this is asked for. What came too often leaves nothing
   * behind.
   *
   * @throws AppError `attempts.exceeded`; StateUsed
   */
  alone(): Promise<void> {
    return (this.#alone ??= this.#use());
  }

  /** Counts who came, and uses nothing up. @throws AppError `attempts.exceeded` */
  async count(): Promise<void> {
    const over = await this.turn.take(this.database.gathered);
    if (over) throw tooMany('attempts.exceeded', over.retryAt, this.clock.now(), `over ${over.limit.name}`);
  }

  async #use(): Promise<void> {
    const both = (tx: Statements) => Promise.all([this.#insert(tx), this.turn.take(tx)]);
    if (this.turn.inDatabase) {
      if (await this.database.inOneTrip(both, { shared: true })) return;
      // Lost to one of the two: told by one after the other.
      await this.count();
    }
    await this.#insert(this.database.gathered).catch((error: unknown) => {
      throw isUniqueViolation(error) ? new StateUsed() : error;
    });
  }

  #insert(at: Statements): Promise<number> {
    const { id, until } = this.state;
    return at.execute('INSERT INTO pscRequest (id, expiresAt) VALUES (?, ?)', [id, until]);
  }
}
