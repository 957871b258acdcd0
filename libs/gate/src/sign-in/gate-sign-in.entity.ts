import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * The table `gateSignIn`: sign-ins that were used up, until they are over. What of a sign-in the release before kept here is
 * in the `state` of OpenID Connect (docs/adr/0030).
 */
@Entity('gateSignIn')
@Index('gateSignInByExpiry', ['expiresAt'])
export class GateSignInEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  applicationId!: string;

  /** The application's origin that was asked: it may have several. */
  @Column({ type: 'varchar', length: 300 })
  origin!: string;

  /** Empty, and so are the next three columns: of the release before. */
  @Column({ type: 'text' })
  target!: string;

  @Column({ type: 'varchar', length: 16, nullable: true })
  acr!: string | null;

  @Column({ type: 'int', nullable: true })
  maxAgeSeconds!: number | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  secretDigest!: string | null;

  @Column({ type: 'datetime', precision: 3 })
  expiresAt!: Date;
}
