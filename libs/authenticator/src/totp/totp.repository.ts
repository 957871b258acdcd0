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
  Not,
  Repository,
  SelectQueryBuilder,
} from 'typeorm';
import { TotpEntity } from './totp.entity';

/** The table `totp`. */
@Injectable()
export class TotpRepository extends EntityRepository<TotpEntity> {
  constructor(@InjectRepository(TotpEntity) rows: Repository<TotpEntity>) {
    super(rows);
  }

  /** False when the person has one already, begun or confirmed. */
  insert(totp: TotpEntity, tx: EntityManager): Promise<boolean> {
    return this.insertNew(totp, tx);
  }

  findConfirmed(accountId: string): Promise<TotpEntity | null> {
    return this.of().findOneBy({ accountId, confirmedAt: Not(IsNull()) });
  }

  /** Which of these people have a confirmed one. At most 1,000 ids. */
  async holders(accountIds: readonly string[]): Promise<string[]> {
    const found = { accountId: In(accountIds), confirmedAt: Not(IsNull()) };
    return (await this.of().find({ select: { accountId: true }, where: found })).map(
      ({ accountId }) => accountId,
    );
  }

  /** The ids of all who have a confirmed one, for a statement of another lib: no parameter is in it. */
  holdersQuery(): SelectQueryBuilder<TotpEntity> {
    return this.of()
      .createQueryBuilder('totp')
      .select('totp.accountId', 'accountId')
      .where('totp.confirmedAt IS NOT NULL');
  }

  /** The one that was begun after `since` and is still to be confirmed. */
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

  /** Confirms this very secret: one caller does, and not with one that was begun since. */
  async confirm(
    { accountId, secretSealed }: TotpEntity,
    confirmed: Pick<TotpEntity, 'lastStep' | 'confirmedAt'>,
    tx: EntityManager,
  ): Promise<boolean> {
    return exactlyOne(
      await this.of(tx).update({ accountId, secretSealed, confirmedAt: IsNull() }, confirmed),
    );
  }

  /** Uses the code of a step up: one caller does, and no step that is not after the last. */
  async use(
    accountId: string,
    used: Pick<TotpEntity, 'lastStep' | 'secretSealed'>,
    tx: EntityManager,
  ): Promise<boolean> {
    const guard = { accountId, confirmedAt: Not(IsNull()), lastStep: LessThan(used.lastStep) };
    return exactlyOne(await this.of(tx).update(guard, used));
  }

  /** Whether there was a confirmed one. One that was only begun goes too. */
  async remove(accountId: string, tx: EntityManager): Promise<boolean> {
    const ended = exactlyOne(await this.of(tx).delete({ accountId, confirmedAt: Not(IsNull()) }));
    if (!ended) await this.of(tx).delete({ accountId });
    return ended;
  }

  deleteBegunBefore(limit: Date, batch: number): Promise<number> {
    const begun = { confirmedAt: IsNull(), createdAt: LessThanOrEqual(limit) };
    return this.deleteOldest(begun, { createdAt: 'ASC' }, batch);
  }
}
