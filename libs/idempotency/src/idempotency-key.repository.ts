import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import { IsNull, LessThan, Repository } from 'typeorm';
import { IdempotencyKeyEntity } from './idempotency-key.entity';

/** The table `idempotencyKey`. */
@Injectable()
export class IdempotencyKeyRepository extends EntityRepository<IdempotencyKeyEntity> {
  constructor(@InjectRepository(IdempotencyKeyEntity) rows: Repository<IdempotencyKeyEntity>) {
    super(rows);
  }

  /** Inserts a key. Returns true for one of several concurrent callers. */
  insert(key: Omit<IdempotencyKeyEntity, 'sealedAnswer'>): Promise<boolean> {
    return this.insertNew({ ...key, sealedAnswer: null });
  }

  find(id: string): Promise<IdempotencyKeyEntity | null> {
    return this.of().findOneBy({ id });
  }

  async complete(id: string, sealedAnswer: string): Promise<boolean> {
    return exactlyOne(await this.of().update({ id, sealedAnswer: IsNull() }, { sealedAnswer }));
  }

  /** Deletes a key in progress. Returns whether it was in progress. */
  async release(id: string): Promise<boolean> {
    return exactlyOne(await this.of().delete({ id, sealedAnswer: IsNull() }));
  }

  /** Deletes up to `batch` keys created before `time`. Returns how many. */
  deleteMadeBefore(time: Date, batch: number): Promise<number> {
    return this.deleteOldest({ createdAt: LessThan(time) }, { createdAt: 'ASC' }, batch);
  }
}
