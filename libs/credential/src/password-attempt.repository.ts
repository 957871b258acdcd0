import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import { EntityManager, In, IsNull, LessThan, MoreThan, Not, Or, Repository } from 'typeorm';
import { PasswordAttemptCount, NO_WAIT, withoutLatest } from './attempt-delay.policy';
import { PasswordAttemptEntity } from './password-attempt.entity';

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
