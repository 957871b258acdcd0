import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { exactlyOne } from '@portillon/persistence';
import { EntityManager, IsNull, LessThan, Not, Repository } from 'typeorm';
import { AccountTokenEntity } from './account-token.entity';
import { SingleUseRepository, WIPED } from './single-use.repository';

/** The table `accountToken`: one row for each person and kind, with the latest token of that kind. */
@Injectable()
export class AccountTokenRepository extends SingleUseRepository<AccountTokenEntity> {
  constructor(@InjectRepository(AccountTokenEntity) rows: Repository<AccountTokenEntity>) {
    super(rows);
  }

  /** Replaces the earlier token. */
  async replace(token: AccountTokenEntity, tx: EntityManager): Promise<void> {
    if (await this.#update(token, tx)) return;
    // Not inserted: a twin of the request came first. The later token is the one that holds.
    if (!(await this.insertNew(token, tx))) await this.#update(token, tx);
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
