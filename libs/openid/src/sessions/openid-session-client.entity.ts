import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `openidSessionClient`: which applications a session has entered. */
@Entity('openidSessionClient')
@Index('openidSessionClientSid', ['sid'], { unique: true })
@Index('openidSessionClientOfAccount', ['accountId'])
@Index('openidSessionClientByAge', ['createdAt'])
export class OpenidSessionClientEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  sessionId!: string;

  @PrimaryColumn({ type: 'varchar', length: 36 })
  applicationId!: string;

  @Column({ type: 'varchar', length: 36 })
  accountId!: string;

  /** The session's id for this application; each application has a different one. */
  @Column({ type: 'varchar', length: 64 })
  sid!: string;

  @Column({ type: 'varchar', length: 64, nullable: true })
  grantId!: string | null;

  @Column({ type: 'datetime', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'datetime', precision: 3 })
  lastUsedAt!: Date;

  /** When the user signed out of this application only; null while the session decides. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  endedAt!: Date | null;
}
