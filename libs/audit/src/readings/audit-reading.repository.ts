import { Entity, PrimaryColumn, EntityManager, LessThan, Repository } from 'typeorm';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository } from '@portillon/persistence';

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
