import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne, tableNameOf } from '@portillon/persistence';
import {
  EntityManager,
  FindOptionsWhere,
  In,
  IsNull,
  LessThan,
  LessThanOrEqual,
  Repository,
  MoreThan,
  Not,
} from 'typeorm';
import { AccountImportEntity, AccountImportLineEntity } from './account-import.entity';
import { AT_WORK, ImportState } from './account-import.types';
import type { ImportContent, ImportProblem, LineState } from './account-import.types';

/** Lines without an account so far. */
const WAITING = In<LineState>(['NEW', 'GOOD', 'FOUND']);
const NO_CONTENT: ImportContent = { username: '', email: '', displayName: '' };
const FORGOTTEN = { content: NO_CONTENT, usernameKey: '', nationalId: null };
const NOT_AN_ACCOUNT: ImportProblem[] = [{ field: 'username', code: 'format' }];

/** The table `accountImportLine`. */
@Injectable()
export class AccountImportLineRepository extends EntityRepository<AccountImportLineEntity> {
  constructor(@InjectRepository(AccountImportLineEntity) rows: Repository<AccountImportLineEntity>) {
    super(rows);
  }

  async insert(lines: AccountImportLineEntity[]): Promise<void> {
    if (lines.length > 0) await this.of().insert(lines);
  }

  /** Lines in the order of the file after line `after`, of these states or of all. */
  findPage(
    importId: string,
    { states, after = 0, limit }: { states?: readonly LineState[]; after?: number; limit: number },
    tx?: EntityManager,
  ): Promise<AccountImportLineEntity[]> {
    const state = states?.length ? { state: In(states) } : {};
    const where = { importId, line: MoreThan(after), ...state };
    return this.of(tx).find({ where, order: { line: 'ASC' }, take: Math.trunc(limit) });
  }

  /** Number of lines by state. */
  async countByState(importId: string, tx?: EntityManager): Promise<Partial<Record<LineState, number>>> {
    const counts = await this.of(tx)
      .createQueryBuilder('line')
      .select('line.state', 'state')
      .addSelect('COUNT(*)', 'count')
      .where({ importId })
      .groupBy('line.state')
      .getRawMany<{ state: LineState; count: number | string }>();
    return Object.fromEntries(counts.map(({ state, count }) => [state, Number(count)]));
  }

  /** Those of `lines` with the same user name or national id as an earlier line of the file. */
  async findDoubles(importId: string, lines: readonly number[], tx: EntityManager): Promise<number[]> {
    const doubles = await this.of(tx)
      .createQueryBuilder('line')
      .select(['line.importId', 'line.line'])
      .where({ importId, line: In(lines) })
      .andWhere(`(${earlierWithSame('usernameKey')} OR ${earlierWithSame('nationalId')})`)
      .getMany();
    return doubles.map((row) => row.line);
  }

  async change(
    importId: string,
    lines: readonly number[],
    changes: Partial<Pick<AccountImportLineEntity, 'state' | 'problems' | 'accountId'>>,
    tx: EntityManager,
  ): Promise<void> {
    if (lines.length > 0) await this.of(tx).update({ importId, line: In(lines) }, changes);
  }

  /** Lines that match one of these conditions. */
  findAny(which: FindOptionsWhere<AccountImportLineEntity>[]): Promise<AccountImportLineEntity[]> {
    return this.of().find({ where: which, order: { importId: 'ASC', line: 'ASC' } });
  }

  /** Removes the personal data from these lines. A line without an account never gets one. */
  async forget(which: FindOptionsWhere<AccountImportLineEntity>, tx: EntityManager): Promise<void> {
    const bad = { ...FORGOTTEN, state: 'BAD', problems: NOT_AN_ACCOUNT } as const;
    await this.of(tx).update({ ...which, state: WAITING }, bad);
    await this.of(tx).update({ ...which, state: Not(WAITING) }, FORGOTTEN);
  }

  /** Deletes the lines up to `last`. Returns how many. */
  async deleteTo(importId: string, last: number): Promise<number> {
    return (await this.of().delete({ importId, line: LessThanOrEqual(last) })).affected ?? 0;
  }
}

function earlierWithSame(column: 'usernameKey' | 'nationalId'): string {
  return `EXISTS (SELECT 1 FROM ${tableNameOf(AccountImportLineEntity)} earlier WHERE earlier.importId = line.importId
    AND earlier.${column} = line.${column} AND earlier.line < line.line)`;
}

export type ImportGuard = Omit<FindOptionsWhere<AccountImportEntity>, 'id'>;

/** The table `accountImport`. */
@Injectable()
export class AccountImportRepository extends EntityRepository<AccountImportEntity> {
  constructor(@InjectRepository(AccountImportEntity) rows: Repository<AccountImportEntity>) {
    super(rows);
  }

  async insert(order: AccountImportEntity): Promise<void> {
    await this.of().insert(order);
  }

  find(id: string, tx?: EntityManager): Promise<AccountImportEntity | null> {
    return this.of(tx).findOneBy({ id });
  }

  /** Latest first, of one structure or of all. */
  findPage(
    structureIds: readonly string[] | null,
    before: string | undefined,
    limit: number,
  ): Promise<AccountImportEntity[]> {
    const where = {
      ...(structureIds !== null && { structureId: In(structureIds) }),
      ...(before !== undefined && { id: LessThan(before) }),
    };
    return this.of().find({ where, order: { id: 'DESC' }, take: limit });
  }

  /** The oldest with work and without a worker. */
  async findOldestFree(now: Date): Promise<AccountImportEntity | undefined> {
    const state = In(AT_WORK);
    const [free] = await this.of().find({
      where: [
        { state, leaseUntilAt: IsNull() },
        { state, leaseUntilAt: LessThanOrEqual(now) },
      ],
      order: { id: 'ASC' },
      take: 1,
    });
    return free;
  }

  /** Changes the import if it matches `guard`. One of several concurrent callers succeeds. */
  async change(
    id: string,
    guard: ImportGuard,
    changes: Partial<AccountImportEntity>,
    tx?: EntityManager,
  ): Promise<boolean> {
    return exactlyOne(await this.of(tx).update({ ...guard, id }, changes));
  }

  async changeAll(guard: ImportGuard, state: ImportState): Promise<void> {
    await this.of().update(guard, { state });
  }

  async findIds(tx?: EntityManager): Promise<string[]> {
    return (await this.of(tx).find({ select: { id: true } })).map((row) => row.id);
  }

  /** The oldest that was not changed since `time`. */
  async findOldestUnchangedSince(time: Date): Promise<string | undefined> {
    const [old] = await this.of().find({
      select: { id: true },
      where: { changedAt: LessThan(time) },
      order: { id: 'ASC' },
      take: 1,
    });
    return old?.id;
  }

  async delete(id: string): Promise<number> {
    return (await this.of().delete({ id })).affected ?? 0;
  }
}
