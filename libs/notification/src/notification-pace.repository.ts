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

  /** Takes the lane's turn, the next of which is at `nextAt`: of many instances whose time has come, one does. */
  async takeTurn(id: string, now: Date, nextAt: Date): Promise<boolean> {
    const first = { id, nextAt: now };
    await this.of().createQueryBuilder().insert().values(first).orIgnore().updateEntity(false).execute();
    return exactlyOne(await this.of().update({ id, nextAt: LessThanOrEqual(now) }, { nextAt }));
  }
}
