import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import { EntityManager, In, IsNull, LessThan, MoreThan, Not, Or, Repository } from 'typeorm';
import { AttemptCount, NO_WAIT } from './attempt-delay.policy';
import { withoutLatest } from './latest-attempts';
import { PasswordAttemptEntity } from './password-attempt.entity';

/** The name that was typed, as a digest, and the known browser it was typed in: `''` for any other. */
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

  /** What was tried under these names in browsers that are not known. */
  findAll(nameDigests: readonly string[]): Promise<PasswordAttemptEntity[]> {
    return this.of().findBy({ nameDigest: In(nameDigests), browserId: '' });
  }

  /** Whether it was inserted: of two first attempts at once, one is. */
  insert(key: AttemptKey, count: AttemptCount): Promise<boolean> {
    return this.insertNew({ ...key, ...count });
  }

  /** Counts one attempt more, while the row stands as it was read: each count belongs to one attempt. */
  async count(key: AttemptKey, read: AttemptCount, counted: AttemptCount): Promise<boolean> {
    const guard = { ...key, consecutive: read.consecutive, latest: read.latest };
    return exactlyOne(await this.of().update(guard, counted));
  }

  /** Takes one attempt back, and the wait after it: those before it were waited for when it was allowed. */
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

  /** Ends the failures in a row, and counts the latest attempt no more. */
  async takeBack(key: AttemptKey, tx: EntityManager): Promise<void> {
    await this.of(tx).update(key, {
      consecutive: 0,
      nextAttemptAt: NO_WAIT,
      latest: () => withoutLatest('latest'),
    });
  }

  /** Whether this lock was not yet noted: however many look, one finds that it is new. */
  async recordLock(key: AttemptKey, until: Date, tx: EntityManager): Promise<boolean> {
    const guard = { ...key, nextAttemptAt: until, lockNotedUntilAt: Or(IsNull(), Not(until)) };
    return exactlyOne(await this.of(tx).update(guard, { lockNotedUntilAt: until }));
  }

  async deleteName(nameDigest: string, tx?: EntityManager): Promise<void> {
    await this.of(tx).delete({ nameDigest });
  }

  /** Deletes what was last tried before `time` under the names of the `batch` oldest rows: how many. */
  deleteOlderThan(time: Date, batch: number): Promise<number> {
    return this.deleteOldest({ lastAttemptAt: LessThan(time) }, { lastAttemptAt: 'ASC' }, batch);
  }
}
