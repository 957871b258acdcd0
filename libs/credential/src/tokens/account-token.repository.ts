import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import { EntityManager, IsNull, LessThan, LessThanOrEqual, MoreThan, Not, Repository } from 'typeorm';
import { AccountTokenEntity } from './account-token.entity';

const WIPED = { secretDigest: null };

/** The table `accountToken`: one row for each person and kind, with the latest token of that kind. */
@Injectable()
export class AccountTokenRepository extends EntityRepository<AccountTokenEntity> {
  constructor(@InjectRepository(AccountTokenEntity) rows: Repository<AccountTokenEntity>) {
    super(rows);
  }

  /** Replaces the earlier token. */
  async replace(token: AccountTokenEntity, tx: EntityManager): Promise<void> {
    if (await this.#update(token, tx)) return;
    // Not inserted: a twin of the request came first. The later token is the one that holds.
    if (!(await this.insertNew(token, tx))) await this.#update(token, tx);
  }

  find(id: string, kind: string, tx?: EntityManager): Promise<AccountTokenEntity | null> {
    return this.of(tx).findOneBy({ id, kind });
  }

  /** Uses the token up as it was read, while it is good: of all who try, it is `true` for one. */
  async use({ id, secretDigest }: AccountTokenEntity, now: Date, tx: EntityManager): Promise<boolean> {
    const guard = { id, secretDigest: secretDigest!, expiresAt: MoreThan(now) };
    return exactlyOne(await this.of(tx).update(guard, WIPED));
  }

  /** Writes down that it expired, so that no clock that steps back revives it. */
  async expire(id: string, now: Date, tx?: EntityManager): Promise<void> {
    await this.of(tx).update({ id, secretDigest: Not(IsNull()), expiresAt: LessThanOrEqual(now) }, WIPED);
  }

  async voidAll(accountId: string, tx: EntityManager): Promise<void> {
    await this.of(tx).update({ accountId, secretDigest: Not(IsNull()) }, WIPED);
  }

  /** Deletes up to `batch` of the oldest that expired before `time`: how many. */
  deleteExpiredBefore(time: Date, batch: number): Promise<number> {
    return this.deleteOldest({ expiresAt: LessThan(time) }, { expiresAt: 'ASC' }, batch);
  }

  async #update({ accountId, kind, ...token }: AccountTokenEntity, tx: EntityManager): Promise<boolean> {
    return exactlyOne(await this.of(tx).update({ accountId, kind }, token));
  }
}
