import { Column, Entity, Index, PrimaryColumn, IsNull, LessThan, Repository } from 'typeorm';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';

/** The table `idempotencyKey`: a creation that was requested under a key, and its answer. */
@Entity('idempotencyKey')
@Index('idempotencyKeyByAge', ['createdAt'])
export class IdempotencyKeyEntity {
  /** SHA-256 of the caller and the key, so that callers cannot share a key. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  id!: string;

  /** Keyed digest of the request, so that personal data of the body cannot be guessed from it. */
  @Column({ type: 'varchar', length: 128 })
  requestDigest!: string;

  /** Encrypted with the deployment's key; null while the creation is in progress. */
  @Column({ type: 'text', nullable: true })
  sealedAnswer!: string | null;

  @Column({ type: 'datetime', precision: 3 })
  createdAt!: Date;
}

/** The table `idempotencyKey`. */
@Injectable()
export class IdempotencyKeyRepository extends EntityRepository<IdempotencyKeyEntity> {
  constructor(@InjectRepository(IdempotencyKeyEntity) rows: Repository<IdempotencyKeyEntity>) {
    super(rows);
  }

  /** Inserts a key. Returns true for one of several concurrent callers. */
  insert(key: Omit<IdempotencyKeyEntity, 'sealedAnswer'>): Promise<boolean> {
    return this.insertNew({ ...key, sealedAnswer: null });
  }

  find(id: string): Promise<IdempotencyKeyEntity | null> {
    return this.of().findOneBy({ id });
  }

  async complete(id: string, sealedAnswer: string): Promise<boolean> {
    return exactlyOne(await this.of().update({ id, sealedAnswer: IsNull() }, { sealedAnswer }));
  }

  /** Deletes a key in progress. Returns whether it was in progress. */
  async release(id: string): Promise<boolean> {
    return exactlyOne(await this.of().delete({ id, sealedAnswer: IsNull() }));
  }

  /** Deletes up to `batch` keys created before `time`. Returns how many. */
  deleteMadeBefore(time: Date, batch: number): Promise<number> {
    return this.deleteOldest({ createdAt: LessThan(time) }, { createdAt: 'ASC' }, batch);
  }
}
