import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import {
  EntityManager,
  In,
  IsNull,
  MoreThanOrEqual,
  Repository,
  Column,
  Entity,
  PrimaryColumn,
} from 'typeorm';

/** The table `recoveryCode`: digests of a person's set of codes. */
@Entity('recoveryCode')
export class RecoveryCodeEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  accountId!: string;

  /** Position in the set, from 0. */
  @PrimaryColumn({ type: 'int' })
  position!: number;

  /** Keyed digest of the account, the position and the code. */
  @Column({ type: 'varchar', length: 128 })
  digest!: string;

  /** When the set was made. */
  @Column({ type: 'datetime', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  usedAt!: Date | null;
}

/** The table `recoveryCode`. */
@Injectable()
export class RecoveryCodeRepository extends EntityRepository<RecoveryCodeEntity> {
  constructor(@InjectRepository(RecoveryCodeEntity) rows: Repository<RecoveryCodeEntity>) {
    super(rows);
  }

  find(accountId: string, tx?: EntityManager): Promise<RecoveryCodeEntity[]> {
    return this.of(tx).find({ where: { accountId }, order: { position: 'ASC' } });
  }

  findAll(accountIds: readonly string[]): Promise<RecoveryCodeEntity[]> {
    return this.of().findBy({ accountId: In(accountIds) });
  }

  /** Replaces a whole set. One statement, so that two concurrent sets never mix. */
  async replace(set: RecoveryCodeEntity[], tx: EntityManager): Promise<void> {
    await this.of(tx).upsert(set, ['accountId', 'position']);
  }

  /** Uses up this code: true for one caller, and not after another set has replaced it. */
  async use(
    { accountId, position, digest }: RecoveryCodeEntity,
    usedAt: Date,
    tx: EntityManager,
  ): Promise<boolean> {
    return exactlyOne(
      await this.of(tx).update({ accountId, position, digest, usedAt: IsNull() }, { usedAt }),
    );
  }

  /** Deletes the set, if it was created since a time. Returns whether there was one, used up or not. */
  async remove(accountId: string, tx: EntityManager, since = new Date(0)): Promise<boolean> {
    const { affected } = await this.of(tx).delete({ accountId, createdAt: MoreThanOrEqual(since) });
    return Boolean(affected);
  }
}
