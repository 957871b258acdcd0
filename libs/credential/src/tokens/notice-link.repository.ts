import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityManager, LessThan, MoreThanOrEqual, Repository } from 'typeorm';
import { NoticeLinkEntity } from './notice-link.entity';
import { SingleUseRepository } from './single-use.repository';

/** The table `noticeLink`. */
@Injectable()
export class NoticeLinkRepository extends SingleUseRepository<NoticeLinkEntity> {
  constructor(@InjectRepository(NoticeLinkEntity) rows: Repository<NoticeLinkEntity>) {
    super(rows);
  }

  async insertAll(links: readonly NoticeLinkEntity[], tx: EntityManager): Promise<void> {
    await this.of(tx).insert([...links]);
  }

  /** Whether or not the links were used, oldest first. */
  eventsSince(accountId: string, from: Date, tx: EntityManager): Promise<NoticeLinkEntity[]> {
    const where = { accountId, occurredAt: MoreThanOrEqual(from) };
    return this.of(tx).find({ where, order: { occurredAt: 'ASC', id: 'ASC' } });
  }

  async erase(accountId: string, tx: EntityManager): Promise<void> {
    await this.of(tx).delete({ accountId });
  }

  /** Deletes at most `batch` links that expired before `time`. Returns how many. */
  deleteExpiredBefore(time: Date, batch: number): Promise<number> {
    return this.deleteOldest({ expiresAt: LessThan(time) }, { expiresAt: 'ASC' }, batch);
  }
}
