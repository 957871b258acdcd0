import {
  Column,
  Entity,
  Index,
  PrimaryColumn,
  EntityManager,
  IsNull,
  LessThan,
  Not,
  Repository,
} from 'typeorm';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { exactlyOne } from '@portillon/persistence';
import { SingleUseRepository, WIPED } from './single-use.repository';

/** The table `accountToken`: one row per person and kind, the latest token of that kind. */
@Entity('accountToken')
@Index('accountTokenOfAccount', ['accountId', 'kind'], { unique: true })
@Index('accountTokenExpiry', ['expiresAt'])
export class AccountTokenEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  accountId!: string;

  @Column({ type: 'varchar', length: 16 })
  kind!: string;

  /** SHA-256 of the secret; null as soon as the token was used, voided or found expired. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  secretDigest!: string | null;

  @Column({ type: 'datetime', precision: 3 })
  issuedAt!: Date;

  @Column({ type: 'datetime', precision: 3 })
  expiresAt!: Date;

  /** The caller's own, as it was given. */
  @Column({ type: 'varchar', length: 255, nullable: true })
  context!: string | null;
}

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
