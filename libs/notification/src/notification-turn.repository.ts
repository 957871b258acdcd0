import { Column, Entity, PrimaryColumn, LessThanOrEqual, Repository } from 'typeorm';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';

/** The table `notificationPace`: when the next messages of a lane may leave, for all instances. */
@Entity('notificationPace')
export class NotificationTurnEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'datetime', precision: 3 })
  nextAt!: Date;
}

/** The table `notificationPace`. */
@Injectable()
export class NotificationTurnRepository extends EntityRepository<NotificationTurnEntity> {
  constructor(@InjectRepository(NotificationTurnEntity) rows: Repository<NotificationTurnEntity>) {
    super(rows);
  }

  /** Takes the turn of a lane and sets the next one to `nextAt`. One of several concurrent instances succeeds. */
  async takeTurn(id: string, now: Date, nextAt: Date): Promise<boolean> {
    const first = { id, nextAt: now };
    await this.of().createQueryBuilder().insert().values(first).orIgnore().updateEntity(false).execute();
    return exactlyOne(await this.of().update({ id, nextAt: LessThanOrEqual(now) }, { nextAt }));
  }
}
