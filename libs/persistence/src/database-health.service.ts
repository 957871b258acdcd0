import { Injectable } from '@nestjs/common';
import { AppError, Clock, MINUTE, shift } from '@portillon/kernel';
import { DatabaseHealthRepository } from './database-health.repository';

/** A full disk takes what fits into the pages it has, so that no probe finds it: what statements met is believed this long. */
const FULL_MS = MINUTE;

/** Whether the database can serve. */
@Injectable()
export class DatabaseHealthService {
  #refusals = 0;
  #fullUntil?: Date;

  constructor(
    private readonly database: DatabaseHealthRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws AppError `service.busy` when the database does not answer, takes no writes (another has its role now), or had
   * no room for what was written lately.
   */
  async check(): Promise<void> {
    if (await this.database.isReadOnly())
      throw new AppError('service.busy', { detail: 'the database is read-only' });
    if (this.#wasFull()) throw new AppError('service.busy', { detail: 'the database is full' });
  }

  /** Prepared statements of all clients of the server, and how many it keeps; nothing on the embedded engine. */
  preparedStatements(): Promise<{ open: number; limit: number } | undefined> {
    return this.database.preparedStatements();
  }

  /** As the server states it, such as `10.11.19-MariaDB` or `8.4.6`; nothing on the embedded engine. */
  version(): Promise<string | undefined> {
    return this.database.version();
  }

  /** The time of the server, by its own clock. Nothing on the embedded engine: it has none but this machine's. */
  time(): Promise<Date | undefined> {
    return this.database.time();
  }

  #wasFull(): boolean {
    const now = this.clock.now();
    const refusals = this.database.fullRefusals();
    if (refusals > this.#refusals) this.#fullUntil = shift(now, FULL_MS);
    this.#refusals = refusals;
    return this.#fullUntil !== undefined && now < this.#fullUntil;
  }
}
