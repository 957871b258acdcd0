import { Injectable } from '@nestjs/common';
import { AppError, Clock, Random } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import type { LockerEntity } from './locker.entity';
import { LockerRepository } from './locker.repository';

@Injectable()
export class LockerService {
  constructor(
    private readonly rows: LockerRepository,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Its id. */
  async create(tx: EntityManager): Promise<string> {
    const row = { id: this.random.id(), createdAt: this.clock.now() };
    await this.rows.insert(row, tx);
    return row.id;
  }

  /** @throws AppError `locker.unknown` */
  async get(id: string): Promise<Pick<LockerEntity, 'id' | 'createdAt'>> {
    const row = await this.rows.find(id);
    if (!row) throw new AppError('locker.unknown');
    return row;
  }

  /** Which of these lockers are closed. */
  closedAmong(ids: readonly string[]): Promise<string[]> {
    return this.rows.closedAmong(ids);
  }

  /** Whether it was closed: of several callers at once, one hears true. */
  openOnce(id: string, tx: EntityManager): Promise<boolean> {
    return this.rows.open(id, this.clock.now(), tx);
  }

  /** @throws AppError `locker.open` */
  async open(id: string, tx: EntityManager): Promise<void> {
    if (!(await this.openOnce(id, tx))) throw new AppError('locker.open');
  }
}
