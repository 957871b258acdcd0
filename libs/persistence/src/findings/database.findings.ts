import { Injectable } from '@nestjs/common';
import {
  addMilliseconds,
  AppError,
  Clock,
  findAnswer,
  FindingSource,
  MINUTE,
  PresentedCertificate,
} from '@portillon/kernel';
import { DatabaseHealthRepository } from '../database/database-health.repository';
import { WriteProbe } from '../database/write-probe.service';

/** How long a refused write counts as a full disk. The probe does not find that: existing pages still have space. */
const FULL_MS = MINUTE;

/** Whether the database answers, takes a row, and had space for recent writes. */
@Injectable()
export class DatabaseFindings implements FindingSource {
  readonly subject = 'database';
  #refusals = 0;
  #fullUntil?: Date;

  constructor(
    private readonly database: DatabaseHealthRepository,
    private readonly probe: WriteProbe,
    private readonly clock: Clock,
  ) {}

  find() {
    return findAnswer('DATABASE_URL', () => this.#check());
  }

  async certificates(): Promise<PresentedCertificate[]> {
    const certificate = await this.database.certificate();
    return certificate ? [{ setting: 'DATABASE_URL', ...certificate }] : [];
  }

  async #check(): Promise<void> {
    if (await this.database.isReadOnly())
      throw new AppError('service.busy', { detail: 'the database is read-only' });
    await this.probe.write();
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
