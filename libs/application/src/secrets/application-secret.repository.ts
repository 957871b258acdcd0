import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import {
  EntityManager,
  IsNull,
  LessThan,
  LessThanOrEqual,
  Repository,
  Column,
  Entity,
  Index,
  PrimaryColumn,
} from 'typeorm';

/** The table `applicationSecret`: digests of the secrets of applications. */
@Entity('applicationSecret')
@Index('applicationSecretSlot', ['applicationId', 'slot'], { unique: true })
@Index('applicationSecretExpiry', ['expiresAt'])
export class ApplicationSecretEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  applicationId!: string;

  /** 1 or 2: an application has two slots, so that a race cannot create a third secret. */
  @Column({ type: 'int' })
  slot!: number;

  /** SHA-256 of the secret. */
  @Column({ type: 'varchar', length: 64 })
  digest!: string;

  @Column({ type: 'datetime', precision: 3 })
  createdAt!: Date;

  /** Null: no expiry. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  expiresAt!: Date | null;

  /** Precise to the minute. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  lastUsedAt!: Date | null;
}

/** The table `applicationSecret`. */
@Injectable()
export class ApplicationSecretRepository extends EntityRepository<ApplicationSecretEntity> {
  constructor(@InjectRepository(ApplicationSecretEntity) rows: Repository<ApplicationSecretEntity>) {
    super(rows);
  }

  /** Puts `secret` into its slot and replaces an expired one. Returns `false` when the slot has a live one. */
  async take(secret: ApplicationSecretEntity, now: Date, tx: EntityManager): Promise<boolean> {
    const { applicationId, slot } = secret;
    await this.of(tx).delete({ applicationId, slot, expiresAt: LessThanOrEqual(now) });
    return this.insertNew(secret, tx);
  }

  /** Secrets of one application, oldest first. */
  list(applicationId: string, tx?: EntityManager): Promise<ApplicationSecretEntity[]> {
    return this.of(tx).find({ where: { applicationId }, order: { createdAt: 'ASC', id: 'ASC' } });
  }

  /** Whether any application has the secret of this id. */
  exists(id: string, tx: EntityManager): Promise<boolean> {
    return this.of(tx).existsBy({ id });
  }

  /** Records the use, unless one was recorded since `before`. */
  async touch(id: string, now: Date, before: Date): Promise<void> {
    const used = { lastUsedAt: now };
    await this.rows
      .createQueryBuilder()
      .update(used)
      .where({ id, lastUsedAt: IsNull() })
      .orWhere({ id, lastUsedAt: LessThan(before) })
      .execute();
  }

  async delete(id: string, applicationId: string, tx: EntityManager): Promise<boolean> {
    return exactlyOne(await this.of(tx).delete({ id, applicationId }));
  }

  async deleteExpired(id: string, now: Date): Promise<void> {
    await this.of().delete({ id, expiresAt: LessThanOrEqual(now) });
  }

  /** Deletes up to `batch` that expired before `time`. Returns how many. */
  deleteExpiredBefore(time: Date, batch: number): Promise<number> {
    return this.deleteOldest({ expiresAt: LessThan(time) }, { expiresAt: 'ASC' }, batch);
  }
}
