import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import { EntityManager, IsNull, LessThan, LessThanOrEqual, Repository } from 'typeorm';
import { ApplicationSecretEntity } from './application-secret.entity';

/** The table `applicationSecret`. */
@Injectable()
export class ApplicationSecretRepository extends EntityRepository<ApplicationSecretEntity> {
  constructor(@InjectRepository(ApplicationSecretEntity) rows: Repository<ApplicationSecretEntity>) {
    super(rows);
  }

  /** Puts `secret` in its place, whose secret that expired goes: `false` when a live one is there. */
  async take(secret: ApplicationSecretEntity, now: Date, tx: EntityManager): Promise<boolean> {
    const { applicationId, slot } = secret;
    await this.of(tx).delete({ applicationId, slot, expiresAt: LessThanOrEqual(now) });
    return this.insertNew(secret, tx);
  }

  /** Of one application, the oldest first. */
  list(applicationId: string, tx?: EntityManager): Promise<ApplicationSecretEntity[]> {
    return this.of(tx).find({ where: { applicationId }, order: { createdAt: 'ASC', id: 'ASC' } });
  }

  /** Writes down that it was used, unless that was written since `before`. */
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

  /** Deletes up to `batch` of those that expired before `time`: how many. */
  deleteExpiredBefore(time: Date, batch: number): Promise<number> {
    return this.deleteOldest({ expiresAt: LessThan(time) }, { expiresAt: 'ASC' }, batch);
  }
}
