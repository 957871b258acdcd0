import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository } from '@portillon/persistence';
import { EntityManager, LessThan, Repository } from 'typeorm';
import { AuditReadingEntity } from './audit-reading.entity';

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
