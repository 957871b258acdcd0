import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository } from '@portillon/persistence';
import { Column, Entity, EntityManager, Index, LessThanOrEqual, PrimaryColumn, Repository } from 'typeorm';

/** The table `usedChallenge`: answered challenges, so that none is answered twice. */
@Entity('usedChallenge')
@Index('usedChallengeByExpiry', ['expiresAt'])
export class UsedChallengeEntity {
  /** SHA-256 of the challenge. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  digest!: string;

  @Column({ type: 'datetime', precision: 3 })
  expiresAt!: Date;
}

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
