import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { addMilliseconds, Clock, DAY, later } from '@portillon/kernel';
import { EntityRepository } from '@portillon/persistence';
import { EntityManager, IsNull, LessThanOrEqual, Repository } from 'typeorm';
import { MOVE_IN_OPTIONS } from '../account.options';
import type { MoveInOptions } from '../account.options';
import { AccountEntity } from '../account/account.entity';
import { voidColumns } from '../account/account.columns';
import { AccountRepository } from '../account/account.repository';
import { FIRST_WARNING_MS, LAST_WARNING_MS } from './account-retention.service';

type MovedRow = Pick<AccountEntity, 'id' | 'passwordMovedAt' | 'passwordMoveStage' | 'passwordMoveDueAt'>;

const COLUMNS = {
  id: true,
  passwordMovedAt: true,
  passwordMoveStage: true,
  passwordMoveDueAt: true,
} as const;
/** Time for which a password that moved in is valid, where no date is configured. */
const VALID_MS = 365 * DAY;
const WARNINGS = 2;

/** The table `account`: passwords that moved in and were not used since. */
@Injectable()
export class MovedPasswordRepository extends EntityRepository<AccountEntity> {
  constructor(@InjectRepository(AccountEntity) rows: Repository<AccountEntity>) {
    super(rows);
  }

  /** Not announced and moved in until `movedUntil`, or due; at most `limit`. */
  findDue(now: Date, movedUntil: Date, limit: number): Promise<MovedRow[]> {
    return this.of().find({
      select: COLUMNS,
      where: [
        { passwordMovedAt: LessThanOrEqual(movedUntil), passwordMoveStage: 0 },
        { passwordMoveDueAt: LessThanOrEqual(now) },
      ],
      order: { id: 'ASC' },
      take: limit,
    });
  }
}

/** A password that moved in, and its next step. */
export interface DueMovedPassword {
  accountId: string;
  /** The holder is warned that it ends then, or it ends now. */
  step: { act: 'warn'; endsAt: Date; dueAt: Date } | { act: 'end' };
  /** State that {@link MovedPasswordService.applyStep} expects to be unchanged. */
  seen: Omit<MovedRow, 'id'>;
}

/**
 * Passwords that moved in from another product with its digest. The first right password replaces the digest; those that
 * are left end at a date, after two warnings.
 */
@Injectable()
export class MovedPasswordService {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly rows: MovedPasswordRepository,
    private readonly clock: Clock,
    @Inject(MOVE_IN_OPTIONS) private readonly options: MoveInOptions,
  ) {}

  /** Those whose holder must be warned, or that end, at most `batch`. */
  async findDue(batch: number): Promise<DueMovedPassword[]> {
    const now = this.clock.now();
    const rows = await this.rows.findDue(now, this.#announcedUntil(now), batch);
    return rows.map(({ id, ...seen }) => ({ accountId: id, seen, step: this.#step(seen, now) }));
  }

  /** Records the warning, or voids the password. Returns false when another instance did, or the person used it. */
  applyStep({ accountId, seen, step }: DueMovedPassword, tx: EntityManager): Promise<boolean> {
    const { passwordMovedAt, passwordMoveStage, passwordMoveDueAt } = seen;
    const unchanged = {
      passwordMovedAt: passwordMovedAt ?? IsNull(),
      passwordMoveStage,
      passwordMoveDueAt: passwordMoveDueAt ?? IsNull(),
    };
    if (step.act === 'end')
      return this.accounts.change(accountId, unchanged, voidColumns('moved', this.clock.now()), tx);
    const warned = { passwordMoveStage: passwordMoveStage + 1, passwordMoveDueAt: step.dueAt };
    return this.accounts.record(accountId, unchanged, warned, tx);
  }

  /** The end is announced to those who moved in until then: to all or none where it is a date. */
  #announcedUntil(now: Date): Date {
    const announced = addMilliseconds(now, FIRST_WARNING_MS);
    const { until } = this.options;
    if (until === null) return addMilliseconds(announced, -VALID_MS);
    return until <= announced ? now : new Date(0);
  }

  /** No password ends without two warnings, however late the server looks. */
  #step(
    { passwordMovedAt, passwordMoveStage }: DueMovedPassword['seen'],
    now: Date,
  ): DueMovedPassword['step'] {
    if (passwordMoveStage >= WARNINGS) return { act: 'end' };
    if (passwordMoveStage === 1) {
      const endsAt = addMilliseconds(now, LAST_WARNING_MS);
      return { act: 'warn', endsAt, dueAt: endsAt };
    }
    const planned = this.options.until ?? addMilliseconds(passwordMovedAt!, VALID_MS);
    const endsAt = later(planned, addMilliseconds(now, FIRST_WARNING_MS));
    return { act: 'warn', endsAt, dueAt: addMilliseconds(endsAt, -LAST_WARNING_MS) };
  }
}
