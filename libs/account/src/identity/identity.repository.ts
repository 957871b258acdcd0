import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository } from '@portillon/persistence';
import { EntityManager, IsNull, LessThanOrEqual, Not, Repository } from 'typeorm';
import { inOrder } from '../account/account-order';
import { AccountEntity } from '../account/account.entity';
import type { AccountGuard } from '../account/account.repository';
import type { IdentityCount } from './identity.types';

const COUNTED: Record<Exclude<keyof IdentityCount, 'people'>, string> = {
  unverified: 'account.identityVerifiedAt IS NULL',
  due: 'account.identityVerifiedAt <= :dueSince',
  unknownToDirectory: "account.directoryState = 'not-found'",
};

const UNPROVEN = ['account.id', 'account.username', 'account.displayName'];

type UnprovenRow = Pick<AccountEntity, 'id' | 'username' | 'displayName'>;
type LookUpRow = Pick<AccountEntity, 'id' | 'nationalId' | 'directoryDueAt'>;

/** The table `account`: whose identity is proven, and whose national id is to be looked up. */
@Injectable()
export class IdentityRepository extends EntityRepository<AccountEntity> {
  constructor(@InjectRepository(AccountEntity) rows: Repository<AccountEntity>) {
    super(rows);
  }

  /** National ids of accounts that are not closed, to be looked up by `now`: those never looked up first. */
  async lookUpDue(now: Date, limit: number): Promise<LookUpRow[]> {
    const select = { id: true, nationalId: true, directoryDueAt: true } as const;
    // Apart, since one range of the index has those that were never looked up and have a national id, and no others.
    const open: AccountGuard = { nationalId: Not(IsNull()), status: Not('DEACTIVATED') };
    const never = await this.of().find({ select, where: { ...open, directoryDueAt: IsNull() }, take: limit });
    if (never.length === limit) return never;
    const where = { ...open, directoryDueAt: LessThanOrEqual(now) };
    const order = { directoryDueAt: 'ASC', nationalId: 'ASC' } as const;
    return [...never, ...(await this.of().find({ select, where, order, take: limit - never.length }))];
  }

  /**
   * How many active accounts of a structure have an identity that is not proven, and neither card nor e-CPS; and the
   * first of them by name.
   */
  async unproven(structureId: string, dueSince: Date, limit: number): Promise<[UnprovenRow[], number]> {
    const query = this.of().createQueryBuilder('account').select(UNPROVEN);
    query.where("account.status = 'ACTIVE' AND account.structureId = :structureId", { structureId });
    query.andWhere('account.nationalId IS NULL');
    query.andWhere(`(${COUNTED.unverified} OR ${COUNTED.due})`, { dueSince });
    return [await inOrder(query.clone(), 'displayName').limit(limit).getMany(), await query.getCount()];
  }

  /** How many accounts are not closed, and of how many the identity is not proven. */
  async countIdentities(
    structureId: string | null,
    dueSince: Date,
    tx?: EntityManager,
  ): Promise<IdentityCount> {
    const query = this.of(tx).createQueryBuilder('account').select('COUNT(*)', 'people');
    for (const [name, condition] of Object.entries(COUNTED))
      query.addSelect(`COALESCE(SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END), 0)`, name);
    query.where("account.status <> 'DEACTIVATED'").setParameters({ dueSince });
    if (structureId !== null) query.andWhere('account.structureId = :structureId', { structureId });
    const row = (await query.getRawOne<Record<keyof IdentityCount, number | string>>())!;
    return {
      people: Number(row.people),
      unverified: Number(row.unverified),
      due: Number(row.due),
      unknownToDirectory: Number(row.unknownToDirectory),
    };
  }
}
