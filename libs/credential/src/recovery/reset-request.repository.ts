import { Column, Entity, PrimaryColumn, EntityManager, LessThan, MoreThanOrEqual, Repository } from 'typeorm';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { lowestId } from '@portillon/kernel';
import { EntityRepository, exactlyOne } from '@portillon/persistence';

/** The table `resetRequest`: who asked for a new password and was not looked up yet. */
@Entity('resetRequest')
export class ResetRequestEntity {
  /** UUIDv7: the order of the ids is that of the asking. */
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  /** Readable with the deployment's key only: people type their password in the wrong field. */
  @Column({ type: 'text' })
  sealedRequest!: string;
}

/** The table `resetRequest`. Ids grow with time (UUIDv7). */
@Injectable()
export class ResetRequestRepository extends EntityRepository<ResetRequestEntity> {
  constructor(@InjectRepository(ResetRequestEntity) rows: Repository<ResetRequestEntity>) {
    super(rows);
  }

  async insert(request: ResetRequestEntity): Promise<void> {
    await this.of().insert(request);
  }

  /** The oldest of those made since `time`, at most `batch`. */
  oldestSince(time: Date, batch: number): Promise<ResetRequestEntity[]> {
    const where = { id: MoreThanOrEqual(lowestId(time)) };
    return this.of().find({ where, order: { id: 'ASC' }, take: batch });
  }

  async remove(id: string, tx: EntityManager): Promise<boolean> {
    return exactlyOne(await this.of(tx).delete({ id }));
  }

  /** Deletes up to `batch` that were made before `time`: how many. */
  deleteMadeBefore(time: Date, batch: number): Promise<number> {
    return this.deleteOldest({ id: LessThan(lowestId(time)) }, { id: 'ASC' }, batch);
  }
}
