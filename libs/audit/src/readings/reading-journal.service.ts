import { Injectable } from '@nestjs/common';
import { Clock, HOUR } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { AuditService } from '../journal/audit.service';
import type { AuditEvent } from '../journal/audit.types';
import { AuditReadingRepository } from './audit-reading.repository';

/** The reader and the subject of a reading. */
export interface Reading {
  readerId: string;
  /** An account or a structure; empty: all of it. */
  subjectId: string;
}

/**
 * Records that a person read another person's data (CNIL 2021-122). The first reading in an hour adds a line; later
 * ones in the same hour add none, on any number of instances. The line is committed when the promise resolves: answer
 * after it.
 */
@Injectable()
export class ReadingJournalService {
  constructor(
    private readonly readings: AuditReadingRepository,
    private readonly audit: AuditService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async record({ readerId, subjectId }: Reading, event: AuditEvent): Promise<void> {
    const reading = { hourAt: this.#hour(), name: event.name, readerId, subjectId };
    if (await this.readings.has(reading)) return;
    await this.transactions.run(async (tx) => {
      if (await this.readings.insert(reading, tx)) await this.audit.record(event, tx);
    });
  }

  /** Deletes up to `batch` rows of past hours. Returns how many. */
  purge(batch: number): Promise<number> {
    return this.readings.purge(this.#hour(), batch);
  }

  /** Start of the current hour, in UTC. */
  #hour(): Date {
    const now = this.clock.now().getTime();
    return new Date(now - (now % HOUR));
  }
}
