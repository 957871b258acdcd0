import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne, tableNameOf } from '@portillon/persistence';
import {
  EntityManager,
  FindOptionsWhere,
  In,
  IsNull,
  LessThanOrEqual,
  MoreThan,
  Or,
  Repository,
  SelectQueryBuilder,
} from 'typeorm';
import type { ObjectLiteral } from 'typeorm';
import { MembershipEntity } from './membership.entity';

export type MembershipGuard = Omit<FindOptionsWhere<MembershipEntity>, 'accountId' | 'structureId'>;
type MembershipKey = Pick<MembershipEntity, 'accountId' | 'structureId'>;
export type PlacePeriod = MembershipKey & Pick<MembershipEntity, 'sinceAt' | 'untilAt' | 'endedAt'>;

/** The table `membership`. */
@Injectable()
export class MembershipRepository extends EntityRepository<MembershipEntity> {
  constructor(@InjectRepository(MembershipEntity) rows: Repository<MembershipEntity>) {
    super(rows);
  }

  /** All memberships of an account, the open ones first. */
  findByAccount(accountId: string, tx?: EntityManager): Promise<MembershipEntity[]> {
    const query = this.of(tx).createQueryBuilder('membership');
    return query
      .leftJoinAndSelect('membership.structure', 'structure')
      .where({ accountId })
      .orderBy('membership.endedAt')
      .addOrderBy('membership.sinceAt')
      .getMany();
  }

  find({ accountId, structureId }: MembershipKey, tx?: EntityManager): Promise<MembershipEntity | null> {
    const query = this.of(tx).createQueryBuilder('membership');
    return query
      .leftJoinAndSelect('membership.structure', 'structure')
      .where({ accountId, structureId })
      .getOne();
  }

  /** Open memberships of these accounts. */
  findOpenByAccounts(accountIds: readonly string[], now: Date): Promise<MembershipEntity[]> {
    const query = this.of().createQueryBuilder('membership');
    return query
      .leftJoinAndSelect('membership.structure', 'structure')
      .where({ ...openAt(now), accountId: In(accountIds) })
      .orderBy('membership.sinceAt')
      .getMany();
  }

  /** Inserts it. Returns false when there is one, open or ended. */
  insert(row: Omit<MembershipEntity, 'structure'>, tx: EntityManager): Promise<boolean> {
    return this.insertNew(row, tx);
  }

  async insertAll(rows: Omit<MembershipEntity, 'structure'>[], tx: EntityManager): Promise<void> {
    if (rows.length > 0) await this.of(tx).insert(rows);
  }

  /** Changes it if it matches `guard`, and increments its version. One of several concurrent callers succeeds. */
  async change(
    { accountId, structureId }: MembershipKey,
    guard: MembershipGuard,
    changes: Partial<Omit<MembershipEntity, 'structure'>>,
    tx: EntityManager,
  ): Promise<boolean> {
    const next = { ...changes, version: () => 'version + 1' };
    return exactlyOne(await this.of(tx).update({ ...guard, accountId, structureId }, next));
  }

  async deleteByAccount(accountId: string, tx: EntityManager): Promise<void> {
    await this.of(tx).delete({ accountId });
  }

  /** When each membership of these accounts was open. */
  findPeriods(accountIds: readonly string[], tx: EntityManager): Promise<PlacePeriod[]> {
    const select = {
      accountId: true,
      structureId: true,
      sinceAt: true,
      untilAt: true,
      endedAt: true,
    } as const;
    return this.of(tx).find({ select, where: { accountId: In([...new Set(accountIds)]) } });
  }

  /** The open memberships of these accounts in one structure. */
  findOpenIn(structureId: string, accountIds: readonly string[], now: Date): Promise<MembershipEntity[]> {
    return this.of().find({ where: { ...openAt(now), structureId, accountId: In(accountIds) } });
  }

  /** Open memberships whose day has come, the oldest first. */
  findOver(now: Date, limit: number): Promise<MembershipEntity[]> {
    return this.of().find({
      where: lastDayOver(now),
      order: { untilAt: 'ASC', accountId: 'ASC' },
      take: limit,
    });
  }
}

/** Matches a membership that was not ended and whose last day has not come. */
export function openAt(now: Date): MembershipGuard {
  return { endedAt: IsNull(), untilAt: Or(IsNull(), MoreThan(now)) };
}

/** Matches one whose last day has come, and that was not ended. */
export function lastDayOver(now: Date): MembershipGuard {
  return { endedAt: IsNull(), untilAt: LessThanOrEqual(now) };
}

/** SQL on the alias `worker` with the parameter `openAt`: an open membership. */
export const OPEN_WORKER = 'worker.endedAt IS NULL AND (worker.untilAt IS NULL OR worker.untilAt > :openAt)';

/**
 * Restricts a query to accounts with an open membership in one of these structures. `id`: its column of account ids;
 * `also`: a further condition on the alias `worker`.
 */
export function inStructures<Row extends ObjectLiteral>(
  query: SelectQueryBuilder<Row>,
  id: string,
  structureIds: readonly string[],
  now: Date,
  also?: string,
): void {
  query.andWhere(
    `${id} IN (SELECT worker.accountId FROM ${tableNameOf(MembershipEntity)} worker
      WHERE worker.structureId IN (:...structureIds) AND ${OPEN_WORKER}${also ? ` AND ${also}` : ''})`,
    { structureIds: structureIds.length > 0 ? structureIds : [''], openAt: now },
  );
}
