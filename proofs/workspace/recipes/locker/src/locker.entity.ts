import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The table `locker`. */
@Entity('locker')
export class LockerEntity {
  /** UUIDv7. */
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'datetime', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  openedAt!: Date | null;
}
