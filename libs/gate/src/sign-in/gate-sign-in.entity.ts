import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `gateSignIn`: a sign-in that the gate asked for, and where it began. Its id is the `state` of OpenID Connect. */
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

  /** Path and query to go back to. It is in no URL, so that no stranger can write it. */
  @Column({ type: 'text' })
  target!: string;

  @Column({ type: 'varchar', length: 16, nullable: true })
  acr!: string | null;

  @Column({ type: 'int', nullable: true })
  maxAgeSeconds!: number | null;

  /** SHA-256 of the secret in the browser's cookie, which is the code verifier (RFC 7636); null before it has one. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  secretDigest!: string | null;

  @Column({ type: 'datetime', precision: 3 })
  expiresAt!: Date;
}
