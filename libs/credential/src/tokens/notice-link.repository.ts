import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import { EntityManager, IsNull, LessThan, LessThanOrEqual, MoreThan, Not, Repository } from 'typeorm';
import { NoticeLinkEntity } from './notice-link.entity';

const WIPED = { secretDigest: null };

/** The table `noticeLink`. */
@Injectable()
export class NoticeLinkRepository extends EntityRepository<NoticeLinkEntity> {
  constructor(@InjectRepository(NoticeLinkEntity) rows: Repository<NoticeLinkEntity>) {
    super(rows);
  }

  async insertAll(links: readonly NoticeLinkEntity[], tx: EntityManager): Promise<void> {
    await this.of(tx).insert([...links]);
  }

  find(id: string, tx?: EntityManager): Promise<NoticeLinkEntity | null> {
    return this.of(tx).findOneBy({ id });
  }

  /** Uses the link while it is valid. Returns `true` for one of several concurrent callers. */
  async use({ id, secretDigest }: NoticeLinkEntity, now: Date, tx: EntityManager): Promise<boolean> {
    const guard = { id, secretDigest: secretDigest!, expiresAt: MoreThan(now) };
    return exactlyOne(await this.of(tx).update(guard, WIPED));
  }

  /** Records the expiry, so that no clock that steps back revives the link. */
  async expire(id: string, now: Date, tx?: EntityManager): Promise<void> {
    await this.of(tx).update({ id, secretDigest: Not(IsNull()), expiresAt: LessThanOrEqual(now) }, WIPED);
  }

  async erase(accountId: string, tx: EntityManager): Promise<void> {
    await this.of(tx).delete({ accountId });
  }

  /** Deletes at most `batch` links that expired before `time`. Returns how many. */
  deleteExpiredBefore(time: Date, batch: number): Promise<number> {
    return this.deleteOldest({ expiresAt: LessThan(time) }, { expiresAt: 'ASC' }, batch);
  }
}
