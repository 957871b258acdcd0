import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import { EntityManager, In, IsNull, Repository } from 'typeorm';
import { LockerEntity } from './locker.entity';

/** The table `locker`. */
@Injectable()
export class LockerRepository extends EntityRepository<LockerEntity> {
  constructor(@InjectRepository(LockerEntity) rows: Repository<LockerEntity>) {
    super(rows);
  }

  async insert(row: Pick<LockerEntity, 'id' | 'createdAt'>, tx: EntityManager): Promise<void> {
    await this.of(tx).insert(row);
  }

  find(id: string): Promise<LockerEntity | null> {
    return this.of().findOne({ select: { id: true, createdAt: true }, where: { id } });
  }

  /** Which of these are closed. */
  async closedAmong(ids: readonly string[]): Promise<string[]> {
    const rows = await this.of().find({
      select: { id: true },
      where: { id: In([...ids]), openedAt: IsNull() },
    });
    return rows.map(({ id }) => id);
  }

  /** Whether it was closed: of several callers at once, one hears true. */
  async open(id: string, openedAt: Date, tx: EntityManager): Promise<boolean> {
    return exactlyOne(await this.of(tx).update({ id, openedAt: IsNull() }, { openedAt }));
  }
}
