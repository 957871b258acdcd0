import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import { EntityManager, LessThanOrEqual, Repository, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { PendingChangeKind } from './pending-change.service';

/** The table `pendingChange`: changes that administrators requested and that have not taken effect. */
@Entity('pendingChange')
@Index('pendingChangeOfAccount', ['accountId', 'kind'], { unique: true })
@Index('pendingChangeEffective', ['effectiveAt', 'id'])
export class PendingChangeEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  accountId!: string;

  @Column({ type: 'varchar', length: 12 })
  kind!: PendingChangeKind;

  @Column({ type: 'varchar', length: 255 })
  value!: string;

  /** Account of the administrator, or the application. */
  @Column({ type: 'varchar', length: 36 })
  requestedBy!: string;

  @Column({ type: 'datetime', precision: 3 })
  requestedAt!: Date;

  @Column({ type: 'datetime', precision: 3 })
  effectiveAt!: Date;
}

/** The table `pendingChange`. */
@Injectable()
export class PendingChangeRepository extends EntityRepository<PendingChangeEntity> {
  constructor(@InjectRepository(PendingChangeEntity) rows: Repository<PendingChangeEntity>) {
    super(rows);
  }

  async insert(pending: PendingChangeEntity, tx: EntityManager): Promise<void> {
    await this.of(tx).insert(pending);
  }

  findOf(accountId: string): Promise<PendingChangeEntity[]> {
    return this.of().findBy({ accountId });
  }

  /** Changes whose time has come, oldest first. */
  due(now: Date, limit: number): Promise<PendingChangeEntity[]> {
    return this.of().find({
      where: { effectiveAt: LessThanOrEqual(now) },
      order: { effectiveAt: 'ASC', id: 'ASC' },
      take: limit,
    });
  }

  /** Deletes a change. Returns whether it was there: `true` for one concurrent caller. */
  async delete(id: string, tx: EntityManager): Promise<boolean> {
    return exactlyOne(await this.of(tx).delete({ id }));
  }

  /** Deletes all changes of the account, or that of one kind. */
  async deleteOf(accountId: string, tx: EntityManager, kind?: PendingChangeKind): Promise<void> {
    await this.of(tx).delete({ accountId, ...(kind && { kind }) });
  }
}
