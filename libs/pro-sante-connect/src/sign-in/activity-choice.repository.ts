import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { exactlyOne } from '@portillon/persistence';
import { EntityManager, IsNull, MoreThan, Repository } from 'typeorm';
import { ActivityChoiceEntity } from './activity-choice.entity';
import { ExpiringRepository } from '../expiring.repository';

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
