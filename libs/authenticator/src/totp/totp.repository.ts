import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import {
  EntityManager,
  In,
  IsNull,
  LessThan,
  LessThanOrEqual,
  MoreThan,
  MoreThanOrEqual,
  Not,
  Repository,
  SelectQueryBuilder,
  Column,
  Entity,
  Index,
  PrimaryColumn,
} from 'typeorm';

/** The table `totp`: a person's authenticator app, one each. */
@Entity('totp')
@Index('totpByStart', ['confirmedAt', 'createdAt'])
export class TotpEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  accountId!: string;

  /** The secret of the app, encrypted with the account id, so that it is useless in another row. */
  @Column({ type: 'varchar', length: 255 })
  secretSealed!: string;

  /** The time step of the latest used code: no code of it, or of an earlier step, is accepted again. */
  @Column({ type: 'int' })
  lastStep!: number;

  @Column({ type: 'datetime', precision: 3 })
  createdAt!: Date;

  /** Null until the app has shown that it has the secret. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  confirmedAt!: Date | null;
}

/** The table `totp`. */
@Injectable()
export class TotpRepository extends EntityRepository<TotpEntity> {
  constructor(@InjectRepository(TotpEntity) rows: Repository<TotpEntity>) {
    super(rows);
  }

  /** Returns false when the person has one already, pending or confirmed. */
  insert(totp: TotpEntity, tx: EntityManager): Promise<boolean> {
    return this.insertNew(totp, tx);
  }

  findConfirmed(accountId: string): Promise<TotpEntity | null> {
    return this.of().findOneBy({ accountId, confirmedAt: Not(IsNull()) });
  }

  /** Those of these people who have a confirmed app. At most 1,000 ids. */
  async findHolders(accountIds: readonly string[]): Promise<string[]> {
    const found = { accountId: In(accountIds), confirmedAt: Not(IsNull()) };
    return (await this.of().find({ select: { accountId: true }, where: found })).map(
      ({ accountId }) => accountId,
    );
  }

  /** Query for the ids of all who have a confirmed app, for statements of other libraries. It has no parameters. */
  holdersQuery(): SelectQueryBuilder<TotpEntity> {
    return this.of()
      .createQueryBuilder('totp')
      .select('totp.accountId', 'accountId')
      .where('totp.confirmedAt IS NOT NULL');
  }

  /** The pending app that was begun after `since`. */
  findBegun(accountId: string, since: Date): Promise<TotpEntity | null> {
    return this.of().findOneBy({ accountId, confirmedAt: IsNull(), createdAt: MoreThan(since) });
  }

  /** Replaces a secret that was never confirmed. */
  async replaceBegun(
    { accountId, ...begun }: Pick<TotpEntity, 'accountId' | 'secretSealed' | 'createdAt'>,
    tx: EntityManager,
  ): Promise<boolean> {
    return exactlyOne(await this.of(tx).update({ accountId, confirmedAt: IsNull() }, begun));
  }

  /** Confirms this secret: true for one caller, and not when another one was begun since. */
  async confirm(
    { accountId, secretSealed }: TotpEntity,
    confirmed: Pick<TotpEntity, 'lastStep' | 'confirmedAt'>,
    tx: EntityManager,
  ): Promise<boolean> {
    return exactlyOne(
      await this.of(tx).update({ accountId, secretSealed, confirmedAt: IsNull() }, confirmed),
    );
  }

  /** Uses the code of a step up: true for one caller, and only for a step after the last. */
  async use(
    accountId: string,
    used: Pick<TotpEntity, 'lastStep' | 'secretSealed'>,
    tx: EntityManager,
  ): Promise<boolean> {
    const guard = { accountId, confirmedAt: Not(IsNull()), lastStep: LessThan(used.lastStep) };
    return exactlyOne(await this.of(tx).update(guard, used));
  }

  /** Deletes the app, if it is pending or was confirmed since a time. Returns whether it deleted a confirmed one. */
  async remove(accountId: string, tx: EntityManager, since = new Date(0)): Promise<boolean> {
    const ended = exactlyOne(await this.of(tx).delete({ accountId, confirmedAt: MoreThanOrEqual(since) }));
    if (!ended) await this.of(tx).delete({ accountId, confirmedAt: IsNull() });
    return ended;
  }

  deleteBegunBefore(limit: Date, batch: number): Promise<number> {
    const begun = { confirmedAt: IsNull(), createdAt: LessThanOrEqual(limit) };
    return this.deleteOldest(begun, { createdAt: 'ASC' }, batch);
  }
}
