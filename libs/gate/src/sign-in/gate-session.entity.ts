import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `gateSession`: the session behind an application's own cookie. It ends with the session at Portillon. */
@Entity('gateSession')
@Index('gateSessionOfSession', ['sessionId'])
@Index('gateSessionByExpiry', ['expiresAt'])
export class GateSessionEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  applicationId!: string;

  /** The session at Portillon. */
  @Column({ type: 'varchar', length: 36 })
  sessionId!: string;

  /** The application's id of that session, which a back-channel logout names. */
  @Column({ type: 'varchar', length: 64 })
  sid!: string;

  /** SHA-256 of the secret in the cookie. */
  @Column({ type: 'varchar', length: 64 })
  secretDigest!: string;

  /** When the session ends at the latest. */
  @Column({ type: 'datetime', precision: 3 })
  expiresAt!: Date;
}
