import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The table `lockerVisit`. */
@Entity('lockerVisit')
export class LockerVisitEntity {
  /** UUIDv7. */
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  accountId!: string;
}
