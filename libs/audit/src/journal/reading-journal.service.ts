import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Clock, HOUR } from '@portillon/kernel';
import { Transactions, EntityRepository } from '@portillon/persistence';
import { Entity, PrimaryColumn, EntityManager, LessThan, Repository } from 'typeorm';
import { AuditService } from './audit.service';
import type { AuditEvent } from './audit.types';

/** A reading that the journal has recorded. The key allows one per reader, subject and hour. */
@Entity('auditReading')
export class AuditReadingEntity {
  /** The beginning of the hour. */
  @PrimaryColumn({ type: 'datetime', precision: 3 })
  hourAt!: Date;

  /** Name of the event. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  name!: string;

  /** Account of the reader. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  readerId!: string;

  /** The account or structure whose data was read; empty: all of them. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  subjectId!: string;
}

/** Readings that the journal has recorded. */
@Injectable()
export class AuditReadingRepository extends EntityRepository<AuditReadingEntity> {
  constructor(@InjectRepository(AuditReadingEntity) rows: Repository<AuditReadingEntity>) {
    super(rows);
  }

  has(reading: AuditReadingEntity): Promise<boolean> {
    return this.of().existsBy({ ...reading });
  }

  /** Inserts a reading. Returns true for one concurrent caller. */
  insert(reading: AuditReadingEntity, tx: EntityManager): Promise<boolean> {
    return this.insertNew(reading, tx);
  }

  /** Deletes up to `batch` rows of earlier hours. Returns how many. */
  purge(hourAt: Date, batch: number): Promise<number> {
    return this.deleteOldest({ hourAt: LessThan(hourAt) }, { hourAt: 'ASC' }, batch);
  }
}

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
