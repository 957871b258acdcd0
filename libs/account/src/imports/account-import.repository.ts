import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import { EntityManager, FindOptionsWhere, In, IsNull, LessThan, LessThanOrEqual, Repository } from 'typeorm';
import { AccountImportEntity } from './account-import.entity';
import { AT_WORK, ImportState } from './account-import.types';

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
  page(
    structureId: string | null,
    before: string | undefined,
    limit: number,
  ): Promise<AccountImportEntity[]> {
    const where = {
      ...(structureId !== null && { structureId }),
      ...(before !== undefined && { id: LessThan(before) }),
    };
    return this.of().find({ where, order: { id: 'DESC' }, take: limit });
  }

  /** The oldest with work and without a worker. */
  async oldestFree(now: Date): Promise<AccountImportEntity | undefined> {
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

  async ids(tx?: EntityManager): Promise<string[]> {
    return (await this.of(tx).find({ select: { id: true } })).map((row) => row.id);
  }

  /** The oldest that was not changed since `time`. */
  async oldestUnchangedSince(time: Date): Promise<string | undefined> {
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
