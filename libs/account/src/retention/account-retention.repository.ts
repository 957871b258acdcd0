import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import { EntityManager, IsNull, LessThanOrEqual, Not, Repository } from 'typeorm';
import { AccountEntity } from '../account/account.entity';

type ClosedRow = Pick<AccountEntity, 'id' | 'closedAt' | 'erasureDueAt'>;

const COLUMNS = { id: true, closedAt: true, erasureDueAt: true } as const;
/** Neither open nor erased: an erased account has no mail address. */
const CLOSED = { status: 'DEACTIVATED', email: Not('') } as const;

/** The table `account`: unused and closed accounts. */
@Injectable()
export class AccountRetentionRepository extends EntityRepository<AccountEntity> {
  constructor(@InjectRepository(AccountEntity) rows: Repository<AccountEntity>) {
    super(rows);
  }

  /** Accounts to check for use; those never checked first. */
  findUnchecked(now: Date, limit: number): Promise<AccountEntity[]> {
    return this.of().find({
      where: [{ absenceDueAt: IsNull() }, { absenceDueAt: LessThanOrEqual(now) }],
      order: { absenceDueAt: 'ASC', id: 'ASC' },
      take: limit,
    });
  }

  /** Closed before `before`, and without a date of erasure. */
  findUnnotified(before: Date, limit: number): Promise<ClosedRow[]> {
    return this.of().find({
      select: COLUMNS,
      where: { ...CLOSED, closedAt: LessThanOrEqual(before), erasureDueAt: IsNull() },
      order: { closedAt: 'ASC', id: 'ASC' },
      take: limit,
    });
  }

  /** Closed, and the date of erasure has come. */
  findOverdue(now: Date, limit: number): Promise<ClosedRow[]> {
    return this.of().find({
      select: COLUMNS,
      where: { ...CLOSED, erasureDueAt: LessThanOrEqual(now) },
      order: { erasureDueAt: 'ASC', id: 'ASC' },
      take: limit,
    });
  }

  /**
   * Sets the date of erasure if the account is still closed since then and has none. Returns true for one concurrent
   * caller.
   */
  async setErasure(id: string, closedAt: Date, erasureDueAt: Date, tx: EntityManager): Promise<boolean> {
    const unnotified = { ...CLOSED, id, closedAt, erasureDueAt: IsNull() };
    return exactlyOne(await this.of(tx).update(unnotified, { erasureDueAt }));
  }
}
