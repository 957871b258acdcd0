import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { exactlyOne } from '@portillon/persistence';
import { EntityManager, IsNull, MoreThan, Repository, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { ExpiringRepository } from '../expiring.repository';

/** The table `pscChoice`: users whom PSC has proved and who must still choose an activity. */
@Entity('pscChoice')
@Index('pscChoiceByExpiry', ['expiresAt'])
export class ActivityChoiceEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 64 })
  secretDigest!: string;

  /** Empty as soon as the choice is made. */
  @Column({ type: 'text' })
  identitySealed!: string;

  @Column({ type: 'text' })
  returnTo!: string;

  @Column({ type: 'datetime', precision: 3 })
  expiresAt!: Date;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  consumedAt!: Date | null;
}

/** The table `pscChoice`: choices of an activity that are still to be made, and those that were. */
@Injectable()
export class ActivityChoiceRepository extends ExpiringRepository<ActivityChoiceEntity> {
  constructor(@InjectRepository(ActivityChoiceEntity) rows: Repository<ActivityChoiceEntity>) {
    super(rows);
  }

  async insert(choice: Omit<ActivityChoiceEntity, 'consumedAt'>): Promise<void> {
    await this.of().insert({ ...choice, consumedAt: null });
  }

  /** The choice, as long as it can be made. */
  findOpen(id: string, now: Date): Promise<ActivityChoiceEntity | null> {
    return this.of().findOneBy({ id, consumedAt: IsNull(), expiresAt: MoreThan(now) });
  }

  /** Uses the choice up and forgets whose it was: `true` for one caller. */
  async consume(id: string, now: Date, tx: EntityManager): Promise<boolean> {
    const guard = { id, consumedAt: IsNull() };
    return exactlyOne(await this.of(tx).update(guard, { consumedAt: now, identitySealed: '' }));
  }
}
