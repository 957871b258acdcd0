import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, isUniqueViolation } from '@portillon/persistence';
import { EntityManager, LessThanOrEqual, Repository } from 'typeorm';
import { UsedChallengeEntity } from './used-challenge.entity';

/** The table `usedChallenge`. */
@Injectable()
export class UsedChallengeRepository extends EntityRepository<UsedChallengeEntity> {
  constructor(@InjectRepository(UsedChallengeEntity) rows: Repository<UsedChallengeEntity>) {
    super(rows);
  }

  /** Writes down that it is used: the key lets one caller do so. */
  async use(challenge: UsedChallengeEntity, tx: EntityManager): Promise<boolean> {
    try {
      await this.of(tx).insert(challenge);
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }

  deleteExpired(now: Date, batch: number): Promise<number> {
    return this.deleteOldest({ expiresAt: LessThanOrEqual(now) }, { expiresAt: 'ASC' }, batch);
  }
}
