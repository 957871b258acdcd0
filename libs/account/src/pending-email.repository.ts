import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import { EntityManager, LessThanOrEqual, Repository } from 'typeorm';
import { PendingEmailEntity } from './pending-email.entity';

/** The table `pendingEmail`. */
@Injectable()
export class PendingEmailRepository extends EntityRepository<PendingEmailEntity> {
  constructor(@InjectRepository(PendingEmailEntity) rows: Repository<PendingEmailEntity>) {
    super(rows);
  }

  async insert(pending: PendingEmailEntity, tx: EntityManager): Promise<void> {
    await this.of(tx).insert(pending);
  }

  findOf(accountId: string): Promise<PendingEmailEntity | null> {
    return this.of().findOneBy({ accountId });
  }

  /** Those whose time has come, the oldest first. */
  due(now: Date, limit: number): Promise<PendingEmailEntity[]> {
    return this.of().find({
      where: { effectiveAt: LessThanOrEqual(now) },
      order: { effectiveAt: 'ASC', id: 'ASC' },
      take: limit,
    });
  }

  /** Whether it was there: of several callers at once, it is `true` for one. */
  async delete(id: string, tx: EntityManager): Promise<boolean> {
    return exactlyOne(await this.of(tx).delete({ id }));
  }

  async deleteOf(accountId: string, tx: EntityManager): Promise<void> {
    await this.of(tx).delete({ accountId });
  }
}
