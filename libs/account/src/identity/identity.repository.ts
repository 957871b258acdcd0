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

/** The table `account`: state of identities, and national ids to look up. */
@Injectable()
export class IdentityRepository extends EntityRepository<AccountEntity> {
  constructor(@InjectRepository(AccountEntity) rows: Repository<AccountEntity>) {
    super(rows);
  }

  /** National ids of open accounts that are due at `now`; those never looked up first. */
  async lookUpDue(now: Date, limit: number): Promise<LookUpRow[]> {
    const select = { id: true, nationalId: true, directoryDueAt: true } as const;
    // A separate query: one range of the index has exactly the national ids that were never looked up.
    const open: AccountGuard = { nationalId: Not(IsNull()), status: Not('DEACTIVATED') };
    const never = await this.of().find({ select, where: { ...open, directoryDueAt: IsNull() }, take: limit });
    if (never.length === limit) return never;
    const where = { ...open, directoryDueAt: LessThanOrEqual(now) };
    const order = { directoryDueAt: 'ASC', nationalId: 'ASC' } as const;
    return [...never, ...(await this.of().find({ select, where, order, take: limit - never.length }))];
  }

  /**
   * Number of active accounts of a structure with neither a proven identity nor card or e-CPS, and the first of them
   * by name.
   */
  async unproven(structureId: string, dueSince: Date, limit: number): Promise<[UnprovenRow[], number]> {
    const query = this.of().createQueryBuilder('account').select(UNPROVEN);
    query.where("account.status = 'ACTIVE' AND account.structureId = :structureId", { structureId });
    query.andWhere('account.nationalId IS NULL');
    query.andWhere(`(${COUNTED.unverified} OR ${COUNTED.due})`, { dueSince });
    return [await inOrder(query.clone(), 'displayName').limit(limit).getMany(), await query.getCount()];
  }

  /** Number of open accounts, and of those by state of identity. */
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
