import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import {
  EntityManager,
  LessThan,
  LessThanOrEqual,
  Repository,
  Column,
  Entity,
  Index,
  PrimaryColumn,
} from 'typeorm';

/** The table `openidLogoutDelivery`: the applications that are still to be notified of the end of a session. */
@Entity('openidLogoutDelivery')
@Index('openidLogoutDeliveryDue', ['dueAt'])
@Index('openidLogoutDeliveryDueOfApplication', ['applicationId', 'dueAt'])
@Index('openidLogoutDeliveryByAge', ['createdAt'])
export class OpenidLogoutDeliveryEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  sessionId!: string;

  @PrimaryColumn({ type: 'varchar', length: 36 })
  applicationId!: string;

  @Column({ type: 'varchar', length: 36 })
  accountId!: string;

  @Column({ type: 'varchar', length: 64 })
  sid!: string;

  @Column({ type: 'datetime', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'int' })
  attempts!: number;

  /** When it is tried next; null once it was delivered, or given up. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  dueAt!: Date | null;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  deliveredAt!: Date | null;

  /** Why the latest try failed: a status, or a word. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  failure!: string | null;
}

type Delivery = OpenidLogoutDeliveryEntity;

/** The table `openidLogoutDelivery`. */
@Injectable()
export class OpenidLogoutDeliveryRepository extends EntityRepository<Delivery> {
  constructor(@InjectRepository(OpenidLogoutDeliveryEntity) rows: Repository<Delivery>) {
    super(rows);
  }

  /** Two transactions that end one session write one delivery. */
  async put(delivery: Delivery, tx: EntityManager): Promise<void> {
    await this.of(tx).upsert(delivery, ['sessionId', 'applicationId']);
  }

  /** The applications of those to be tried now. */
  async dueApplications(now: Date): Promise<string[]> {
    const rows = await this.of()
      .createQueryBuilder('delivery')
      .select('DISTINCT delivery.applicationId', 'applicationId')
      .where({ dueAt: LessThanOrEqual(now) })
      .getRawMany<{ applicationId: string }>();
    return rows.map(({ applicationId }) => applicationId);
  }

  /** Those of the application to be tried now, the longest due first. */
  due(applicationId: string, now: Date, limit: number): Promise<Delivery[]> {
    const where = { applicationId, dueAt: LessThanOrEqual(now) };
    return this.of().find({ where, order: { dueAt: 'ASC' }, take: limit });
  }

  /** Puts its next try off: of several instances that saw it due, one is answered with `true` and tries. */
  async claim({ sessionId, applicationId, attempts }: Delivery, dueAt: Date): Promise<boolean> {
    const seen = { sessionId, applicationId, attempts };
    return exactlyOne(await this.of().update(seen, { attempts: attempts + 1, dueAt }));
  }

  async settle(
    { sessionId, applicationId }: Delivery,
    outcome: Pick<Delivery, 'dueAt' | 'deliveredAt' | 'failure'>,
  ): Promise<void> {
    await this.of().update({ sessionId, applicationId }, outcome);
  }

  /** Deletes at most `batch` made before `time`. Returns the number. */
  async deleteMadeBefore(time: Date, batch: number): Promise<number> {
    const old = await this.of().find({ where: { createdAt: LessThan(time) }, take: batch });
    if (old.length > 0) await this.of().remove(old);
    return old.length;
  }
}
