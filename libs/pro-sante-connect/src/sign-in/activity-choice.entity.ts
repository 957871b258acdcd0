import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

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
