import {
  Column,
  Entity,
  Index,
  PrimaryColumn,
  EntityManager,
  LessThan,
  MoreThanOrEqual,
  Repository,
} from 'typeorm';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { SingleUseRepository } from './single-use.repository';

/** The table `noticeLink`: one row for each mailed notice whose reader may report that the event was not theirs. */
@Entity('noticeLink')
@Index('noticeLinkOfAccount', ['accountId'])
@Index('noticeLinkExpiry', ['expiresAt'])
export class NoticeLinkEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  accountId!: string;

  /** Kind of the notice, such as `password-changed`. */
  @Column({ type: 'varchar', length: 32 })
  event!: string;

  @Column({ type: 'datetime', precision: 3 })
  occurredAt!: Date;

  /** The address that the notice went to: a later change of the account’s address does not reach it. */
  @Column({ type: 'varchar', length: 254 })
  mailbox!: string;

  /** SHA-256 of the secret; null as soon as the link was used or found expired. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  secretDigest!: string | null;

  @Column({ type: 'datetime', precision: 3 })
  expiresAt!: Date;
}

/** The table `noticeLink`. */
@Injectable()
export class NoticeLinkRepository extends SingleUseRepository<NoticeLinkEntity> {
  constructor(@InjectRepository(NoticeLinkEntity) rows: Repository<NoticeLinkEntity>) {
    super(rows);
  }

  async insertAll(links: readonly NoticeLinkEntity[], tx: EntityManager): Promise<void> {
    await this.of(tx).insert([...links]);
  }

  /** Whether or not the links were used, oldest first. */
  findEventsSince(accountId: string, from: Date, tx: EntityManager): Promise<NoticeLinkEntity[]> {
    const where = { accountId, occurredAt: MoreThanOrEqual(from) };
    return this.of(tx).find({ where, order: { occurredAt: 'ASC', id: 'ASC' } });
  }

  async erase(accountId: string, tx: EntityManager): Promise<void> {
    await this.of(tx).delete({ accountId });
  }

  /** Deletes at most `batch` links that expired before `time`. Returns how many. */
  deleteExpiredBefore(time: Date, batch: number): Promise<number> {
    return this.deleteOldest({ expiresAt: LessThan(time) }, { expiresAt: 'ASC' }, batch);
  }
}
