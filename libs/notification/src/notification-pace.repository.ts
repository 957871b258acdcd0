import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import { LessThanOrEqual, Repository } from 'typeorm';
import { NotificationPaceEntity } from './notification-pace.entity';

/** The table `notificationPace`. */
@Injectable()
export class NotificationPaceRepository extends EntityRepository<NotificationPaceEntity> {
  constructor(@InjectRepository(NotificationPaceEntity) rows: Repository<NotificationPaceEntity>) {
    super(rows);
  }

  /** Takes the turn of a lane and sets the next one to `nextAt`. One of several concurrent instances succeeds. */
  async takeTurn(id: string, now: Date, nextAt: Date): Promise<boolean> {
    const first = { id, nextAt: now };
    await this.of().createQueryBuilder().insert().values(first).orIgnore().updateEntity(false).execute();
    return exactlyOne(await this.of().update({ id, nextAt: LessThanOrEqual(now) }, { nextAt }));
  }
}
