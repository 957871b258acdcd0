import { Injectable } from '@nestjs/common';
import { AppError, Clock, findAnswer, FindingSource, MINUTE, addMilliseconds } from '@portillon/kernel';
import { DatabaseHealthRepository } from '../database/database-health.repository';

/** A full disk takes what fits into the pages it has, so that no probe finds it: what statements met is believed this long. */
const FULL_MS = MINUTE;

/** Whether the database answers, takes writes (else another has its role now), and had room for what was written lately. */
@Injectable()
export class DatabaseFindings implements FindingSource {
  readonly subject = 'database';
  #refusals = 0;
  #fullUntil?: Date;

  constructor(
    private readonly database: DatabaseHealthRepository,
    private readonly clock: Clock,
  ) {}

  find() {
    return findAnswer('DATABASE_URL', () => this.#check());
  }

  async #check(): Promise<void> {
    if (await this.database.isReadOnly())
      throw new AppError('service.busy', { detail: 'the database is read-only' });
    if (this.#wasFull()) throw new AppError('service.busy', { detail: 'the database is full' });
  }

  #wasFull(): boolean {
    const now = this.clock.now();
    const refusals = this.database.fullRefusals();
    if (refusals > this.#refusals) this.#fullUntil = addMilliseconds(now, FULL_MS);
    this.#refusals = refusals;
    return this.#fullUntil !== undefined && now < this.#fullUntil;
  }
}
