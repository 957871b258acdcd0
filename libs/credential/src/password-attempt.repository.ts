import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import {
  EntityManager,
  In,
  IsNull,
  LessThan,
  MoreThan,
  Not,
  Or,
  Repository,
  Column,
  Entity,
  Index,
  PrimaryColumn,
} from 'typeorm';
import { PasswordAttemptCount, NO_WAIT, withoutLatest } from './attempt-delay.policy';

/** The table `passwordAttempt`: attempts under one name, from one trusted device or from all other browsers. */
@Entity('passwordAttempt')
@Index('passwordAttemptLast', ['lastAttemptAt'])
export class PasswordAttemptEntity {
  /** Keyed digest of the normalised name, since people type their password in the wrong field. */
  @PrimaryColumn({ type: 'varchar', length: 100 })
  nameDigest!: string;

  /** Empty for browsers that are not trusted. */
  @PrimaryColumn({ type: 'varchar', length: 36 })
  browserId!: string;

  /** Failures since the last success, the current attempt included. */
  @Column({ type: 'int' })
  consecutive!: number;

  @Column({ type: 'datetime', precision: 3 })
  nextAttemptAt!: Date;

  /** Times of the latest 25 attempts, in the format of `attempt-delay.policy.ts`. */
  @Column({ type: 'varchar', length: 325 })
  latest!: string;

  @Column({ type: 'datetime', precision: 3 })
  lastAttemptAt!: Date;

  /** End of the last lock that the journal has recorded; null without one. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  lockNotedUntilAt!: Date | null;
}

/** Digest of the typed name, and the trusted device; `''` for any other browser. */
export type AttemptKey = Pick<PasswordAttemptEntity, 'nameDigest' | 'browserId'>;

/** The table `passwordAttempt`. */
@Injectable()
export class PasswordAttemptRepository extends EntityRepository<PasswordAttemptEntity> {
  constructor(@InjectRepository(PasswordAttemptEntity) rows: Repository<PasswordAttemptEntity>) {
    super(rows);
  }

  find(key: AttemptKey): Promise<PasswordAttemptEntity | null> {
    return this.of().findOneBy(key);
  }

  /** Attempts under these names in browsers that are not trusted. */
  findAll(nameDigests: readonly string[]): Promise<PasswordAttemptEntity[]> {
    return this.of().findBy({ nameDigest: In(nameDigests), browserId: '' });
  }

  /** Inserts a row. Returns true for one of two concurrent first attempts. */
  insert(key: AttemptKey, count: PasswordAttemptCount): Promise<boolean> {
    return this.insertNew({ ...key, ...count });
  }

  /** Counts one more attempt if the row is unchanged, so that each count belongs to one attempt. */
  async count(key: AttemptKey, read: PasswordAttemptCount, counted: PasswordAttemptCount): Promise<boolean> {
    const guard = { ...key, consecutive: read.consecutive, latest: read.latest };
    return exactlyOne(await this.of().update(guard, counted));
  }

  /** Takes one attempt back, with the wait after it. */
  async refund(key: AttemptKey): Promise<void> {
    await this.of().update(
      { ...key, consecutive: MoreThan(0) },
      {
        consecutive: () => 'consecutive - 1',
        nextAttemptAt: NO_WAIT,
        latest: () => withoutLatest('latest'),
      },
    );
  }

  /** Resets the failures in a row, and the latest attempt. */
  async subtractLatest(key: AttemptKey, tx: EntityManager): Promise<void> {
    await this.of(tx).update(key, {
      consecutive: 0,
      nextAttemptAt: NO_WAIT,
      latest: () => withoutLatest('latest'),
    });
  }

  /** Records a lock. Returns true once for each lock. */
  async recordLock(key: AttemptKey, until: Date, tx: EntityManager): Promise<boolean> {
    const guard = { ...key, nextAttemptAt: until, lockNotedUntilAt: Or(IsNull(), Not(until)) };
    return exactlyOne(await this.of(tx).update(guard, { lockNotedUntilAt: until }));
  }

  async deleteName(nameDigest: string, tx?: EntityManager): Promise<void> {
    await this.of(tx).delete({ nameDigest });
  }

  /** Deletes attempts last made before `time`, under the names of the `batch` oldest rows. Returns how many. */
  deleteOlderThan(time: Date, batch: number): Promise<number> {
    return this.deleteOldest({ lastAttemptAt: LessThan(time) }, { lastAttemptAt: 'ASC' }, batch);
  }
}
