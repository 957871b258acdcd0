import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The table `notificationPace`: when the next messages of a lane may leave, for all instances. */
@Entity('notificationPace')
export class NotificationPaceEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'datetime', precision: 3 })
  nextAt!: Date;
}
