import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Number of wrong codes of a person, over all challenges, channels and browsers. */
@Entity('otpSubject')
@Index('otpSubjectLocked', ['lockedUntilAt'])
export class OtpSubjectEntity {
  @PrimaryColumn({ type: 'varchar', length: 64 })
  id!: string;

  /** Codes tried since the last accepted one. */
  @Column({ type: 'int' })
  failures!: number;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  lockedUntilAt!: Date | null;
}
