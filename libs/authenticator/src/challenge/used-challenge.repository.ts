import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository } from '@portillon/persistence';
import { EntityManager, LessThanOrEqual, Repository } from 'typeorm';
import { UsedChallengeEntity } from './used-challenge.entity';

/** The table `usedChallenge`. */
@Injectable()
export class UsedChallengeRepository extends EntityRepository<UsedChallengeEntity> {
  constructor(@InjectRepository(UsedChallengeEntity) rows: Repository<UsedChallengeEntity>) {
    super(rows);
  }

  /** Records the use. Returns true for one caller, by the primary key. */
  use(challenge: UsedChallengeEntity, tx: EntityManager): Promise<boolean> {
    return this.insertNew(challenge, tx);
  }

  deleteExpired(now: Date, batch: number): Promise<number> {
    return this.deleteOldest({ expiresAt: LessThanOrEqual(now) }, { expiresAt: 'ASC' }, batch);
  }
}
