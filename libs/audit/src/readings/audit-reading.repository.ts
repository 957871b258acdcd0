import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository } from '@portillon/persistence';
import { EntityManager, LessThan, Repository } from 'typeorm';
import { AuditReadingEntity } from './audit-reading.entity';

/** The readings that the journal has a line of. */
@Injectable()
export class AuditReadingRepository extends EntityRepository<AuditReadingEntity> {
  constructor(@InjectRepository(AuditReadingEntity) rows: Repository<AuditReadingEntity>) {
    super(rows);
  }

  has(reading: AuditReadingEntity): Promise<boolean> {
    return this.of().existsBy({ ...reading });
  }

  /** Whether it was inserted: of several at once, one. */
  insert(reading: AuditReadingEntity, tx: EntityManager): Promise<boolean> {
    return this.insertNew(reading, tx);
  }

  /** Deletes up to `batch` of the hours before this one: how many. */
  purge(hourAt: Date, batch: number): Promise<number> {
    return this.deleteOldest({ hourAt: LessThan(hourAt) }, { hourAt: 'ASC' }, batch);
  }
}
