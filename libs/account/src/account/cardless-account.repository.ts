import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository } from '@portillon/persistence';
import { EntityManager, IsNull, Not, ObjectLiteral, Repository, SelectQueryBuilder } from 'typeorm';
import { inOrder } from './account-order';
import { AccountEntity } from './account.entity';

const CARDLESS = ['id', 'username', 'displayName'];
const BY_SMS = "account.codeChannel <> 'EMAIL' AND account.phoneVerifiedAt IS NOT NULL";

/** How many are active in a structure, and how many of them have no strong means. */
export interface StructureCount {
  structureId: string;
  people: number;
  lacking: number;
}

/** Queries that give ids of accounts, without parameters, of tables that this lib does not know. */
export type AccountIds = readonly Pick<SelectQueryBuilder<ObjectLiteral>, 'getQuery'>[];

export interface CardlessCount {
  count: number;
  /** Of them, who gets codes by SMS. */
  sms: number;
}

/** The table `account`: how many are active, and whom neither card nor e-CPS lets in. */
@Injectable()
export class CardlessAccountRepository extends EntityRepository<AccountEntity> {
  constructor(@InjectRepository(AccountEntity) rows: Repository<AccountEntity>) {
    super(rows);
  }

  /** The first active ones by name that no card or e-CPS opens, of one structure or of all, and that `ids` do not give. */
  cardless(structureId: string | null, ids: AccountIds, limit: number): Promise<AccountEntity[]> {
    const query = this.#cardless(structureId).select(CARDLESS.map((column) => `account.${column}`));
    for (const one of ids) query.andWhere(`NOT ${isAmong(one)}`);
    return inOrder(query, 'displayName').limit(limit).getMany();
  }

  /** How many active ones no card or e-CPS opens, and how many of them get their codes by SMS: those that `ids` give. */
  async countCardless(
    structureId: string | null,
    ids?: AccountIds,
    tx?: EntityManager,
  ): Promise<CardlessCount> {
    const query = this.#cardless(structureId, tx)
      .select('COUNT(*)', 'count')
      .addSelect(`COALESCE(SUM(CASE WHEN ${BY_SMS} THEN 1 ELSE 0 END), 0)`, 'sms');
    if (ids) query.andWhere(`(${ids.map(isAmong).join(' OR ') || '1 = 0'})`);
    const counted = (await query.getRawOne<Record<keyof CardlessCount, number | string>>())!;
    return { count: Number(counted.count), sms: Number(counted.sms) };
  }

  /**
   * How many are active in each of these structures, and how many of them have neither card nor e-CPS nor are given by
   * one of `strong`; a structure without people is left out.
   */
  async countByStructure(structureIds: readonly string[], strong: AccountIds): Promise<StructureCount[]> {
    const lacking = ['account.nationalId IS NULL', ...strong.map((one) => `NOT ${isAmong(one)}`)];
    const rows = await this.of()
      .createQueryBuilder('account')
      .select('account.structureId', 'structureId')
      .addSelect('COUNT(*)', 'people')
      .addSelect(`SUM(CASE WHEN ${lacking.join(' AND ')} THEN 1 ELSE 0 END)`, 'lacking')
      .where("account.status = 'ACTIVE' AND account.structureId IN (:...structureIds)", { structureIds })
      .groupBy('account.structureId')
      .getRawMany<Record<keyof StructureCount, string>>();
    return rows.map(({ structureId, people, lacking: without }) => {
      return { structureId, people: Number(people), lacking: Number(without) };
    });
  }

  /** Those in use who chose to get their codes by SMS. */
  countBySms(): Promise<number> {
    return this.of().countBy({ status: 'ACTIVE', codeChannel: Not('EMAIL'), phoneVerifiedAt: Not(IsNull()) });
  }

  /** How many are active, of one structure or of all. */
  countActive(structureId: string | null, tx?: EntityManager): Promise<number> {
    return this.of(tx).countBy({ status: 'ACTIVE', ...(structureId !== null && { structureId }) });
  }

  #cardless(structureId: string | null, tx?: EntityManager): SelectQueryBuilder<AccountEntity> {
    const query = this.of(tx).createQueryBuilder('account');
    query.where("account.status = 'ACTIVE' AND account.nationalId IS NULL");
    return structureId === null
      ? query
      : query.andWhere('account.structureId = :structureId', { structureId });
  }
}

function isAmong(ids: AccountIds[number]): string {
  return `account.id IN (${ids.getQuery()})`;
}
