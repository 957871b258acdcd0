import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import type { DataSubject, PersonalDataSource, PersonalRecords } from '@portillon/persistence';
import { Column, Entity, EntityManager, Index, LessThanOrEqual, PrimaryColumn, Repository } from 'typeorm';

/** The table `weeklyMail`: one row for each administrator who chose the mail. */
@Entity('weeklyMail')
@Index('weeklyMailDue', ['dueAt', 'accountId'])
export class WeeklyMailEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  accountId!: string;

  @Column({ type: 'datetime', precision: 3 })
  dueAt!: Date;
}

@Injectable()
export class WeeklyMailRepository extends EntityRepository<WeeklyMailEntity> {
  constructor(@InjectRepository(WeeklyMailEntity) rows: Repository<WeeklyMailEntity>) {
    super(rows);
  }

  has(accountId: string): Promise<boolean> {
    return this.of().existsBy({ accountId });
  }

  /** Adds the row. Returns false when there was one. */
  add(row: WeeklyMailEntity, tx: EntityManager): Promise<boolean> {
    return this.insertNew(row, tx);
  }

  /** Deletes the row. Returns false when there was none. */
  async remove(accountId: string, tx: EntityManager): Promise<boolean> {
    return exactlyOne(await this.of(tx).delete({ accountId }));
  }

  /** The earliest first. */
  findDue(now: Date, limit: number): Promise<WeeklyMailEntity[]> {
    return this.of().find({
      where: { dueAt: LessThanOrEqual(now) },
      order: { dueAt: 'ASC', accountId: 'ASC' },
      take: limit,
    });
  }

  /** Sets the next time. Returns false when another instance did, or the person no longer wants the mail. */
  async postpone({ accountId, dueAt }: WeeklyMailEntity, next: Date, tx: EntityManager): Promise<boolean> {
    return exactlyOne(await this.of(tx).update({ accountId, dueAt }, { dueAt: next }));
  }
}

@Injectable()
export class WeeklyMailPersonalData implements PersonalDataSource {
  constructor(private readonly rows: WeeklyMailRepository) {}

  async export({ id }: DataSubject): Promise<Partial<PersonalRecords>> {
    return { weeklyMail: await this.rows.has(id) };
  }

  async erase({ id }: DataSubject, tx: EntityManager): Promise<void> {
    await this.rows.remove(id, tx);
  }
}
