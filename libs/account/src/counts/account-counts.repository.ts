import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Clock } from '@portillon/kernel';
import { EntityRepository } from '@portillon/persistence';
import { EntityManager, IsNull, Not, ObjectLiteral, Repository, SelectQueryBuilder } from 'typeorm';
import { inOrder } from '../account/account-list';
import { AccountEntity } from '../account/account.entity';
import { MembershipEntity } from '../membership/membership.entity';
import { inStructures, OPEN_WORKER } from '../membership/membership.repository';
import type { IdentityCount } from '../identity/identity.policy';

const CARDLESS = ['id', 'username', 'displayName', 'structureId'];
const BY_SMS = "account.codeChannel <> 'EMAIL' AND account.phoneVerifiedAt IS NOT NULL";

/** Null: all structures. */
export type StructureIds = readonly string[] | null;

/** Number of active accounts of a structure, and of those without a strong means. */
export interface StructureCount {
  structureId: string;
  people: number;
  lacking: number;
}

/** Queries that return account ids, without parameters, on tables that this library does not know. */
export type AccountIds = readonly Pick<SelectQueryBuilder<ObjectLiteral>, 'getQuery'>[];

export interface CardlessCount {
  count: number;
  /** How many of them get codes by SMS. */
  sms: number;
}

const COUNTED: Record<Exclude<keyof IdentityCount, 'people'>, string> = {
  unverified: 'account.identityVerifiedAt IS NULL',
  due: 'account.identityVerifiedAt <= :dueSince',
  unknownToDirectory: "account.directoryState = 'not-found'",
};

type UnprovenRow = Pick<AccountEntity, 'id' | 'username' | 'displayName' | 'structureId'>;

/** The table `account`: counts of accounts by means and state of identity. */
@Injectable()
export class AccountCountsRepository extends EntityRepository<AccountEntity> {
  constructor(
    @InjectRepository(AccountEntity) rows: Repository<AccountEntity>,
    private readonly clock: Clock,
  ) {
    super(rows);
  }

  /** Active accounts without card and e-CPS that are not in `ids`, of these structures or of all, the first by name. */
  findCardless(structureIds: StructureIds, ids: AccountIds, limit: number): Promise<AccountEntity[]> {
    const query = this.#cardless(structureIds).select(CARDLESS.map((column) => `account.${column}`));
    for (const one of ids) query.andWhere(`NOT ${isAmong(one)}`);
    return inOrder(query, 'displayName').limit(limit).getMany();
  }

  /** Number of active accounts without card and e-CPS among `ids`, and of those with codes by SMS. */
  async countCardless(
    structureIds: StructureIds,
    ids?: AccountIds,
    tx?: EntityManager,
  ): Promise<CardlessCount> {
    const query = this.#cardless(structureIds, tx)
      .select('COUNT(*)', 'count')
      .addSelect(`COALESCE(SUM(CASE WHEN ${BY_SMS} THEN 1 ELSE 0 END), 0)`, 'sms');
    if (ids) query.andWhere(`(${ids.map(isAmong).join(' OR ') || '1 = 0'})`);
    const counted = (await query.getRawOne<Record<keyof CardlessCount, number | string>>())!;
    return { count: Number(counted.count), sms: Number(counted.sms) };
  }

  /**
   * For each structure the number of active accounts, and of those with neither card nor e-CPS nor an id in `strong`.
   * Leaves out structures without accounts.
   */
  async countByStructure(structureIds: readonly string[], strong: AccountIds): Promise<StructureCount[]> {
    const lacking = ['account.nationalId IS NULL', ...strong.map((one) => `NOT ${isAmong(one)}`)];
    const rows = await this.of()
      .createQueryBuilder('account')
      .innerJoin(MembershipEntity, 'worker', `worker.accountId = account.id AND ${OPEN_WORKER}`, {
        openAt: this.clock.now(),
      })
      .select('worker.structureId', 'structureId')
      .addSelect('COUNT(*)', 'people')
      .addSelect(`SUM(CASE WHEN ${lacking.join(' AND ')} THEN 1 ELSE 0 END)`, 'lacking')
      .where("account.status = 'ACTIVE' AND worker.structureId IN (:...structureIds)", { structureIds })
      .groupBy('worker.structureId')
      .getRawMany<Record<keyof StructureCount, string>>();
    return rows.map(({ structureId, people, lacking: without }) => {
      return { structureId, people: Number(people), lacking: Number(without) };
    });
  }

  /** Number of accounts in use whose holder chose codes by SMS. */
  countBySms(): Promise<number> {
    return this.of().countBy({ status: 'ACTIVE', codeChannel: Not('EMAIL'), phoneVerifiedAt: Not(IsNull()) });
  }

  /** Number of active accounts, of these structures or of all. */
  countActive(structureIds: StructureIds, tx?: EntityManager): Promise<number> {
    return this.#accounts("account.status = 'ACTIVE'", structureIds, tx).getCount();
  }

  #cardless(structureIds: StructureIds, tx?: EntityManager): SelectQueryBuilder<AccountEntity> {
    return this.#accounts("account.status = 'ACTIVE' AND account.nationalId IS NULL", structureIds, tx);
  }

  #accounts(
    where: string,
    structureIds: StructureIds,
    tx?: EntityManager,
  ): SelectQueryBuilder<AccountEntity> {
    const query = this.of(tx).createQueryBuilder('account').where(where);
    if (structureIds !== null) inStructures(query, 'account.id', structureIds, this.clock.now());
    return query;
  }

  /**
   * Number of active accounts of a structure with neither a proven identity nor card or e-CPS, and the first of them
   * by name.
   */
  async findUnproven(structureId: string, dueSince: Date, limit: number): Promise<[UnprovenRow[], number]> {
    const query = this.#cardless([structureId]).select(CARDLESS.map((column) => `account.${column}`));
    query.andWhere(`(${COUNTED.unverified} OR ${COUNTED.due})`, { dueSince });
    return [await inOrder(query.clone(), 'displayName').limit(limit).getMany(), await query.getCount()];
  }

  /** Number of open accounts, and of those by state of identity. */
  async countIdentities(
    structureIds: StructureIds,
    dueSince: Date,
    tx?: EntityManager,
  ): Promise<IdentityCount> {
    const query = this.#accounts("account.status <> 'DEACTIVATED'", structureIds, tx).select(
      'COUNT(*)',
      'people',
    );
    for (const [name, condition] of Object.entries(COUNTED))
      query.addSelect(`COALESCE(SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END), 0)`, name);
    query.setParameters({ dueSince });
    const row = (await query.getRawOne<Record<keyof IdentityCount, number | string>>())!;
    return {
      people: Number(row.people),
      unverified: Number(row.unverified),
      due: Number(row.due),
      unknownToDirectory: Number(row.unknownToDirectory),
    };
  }
}

function isAmong(ids: AccountIds[number]): string {
  return `account.id IN (${ids.getQuery()})`;
}
