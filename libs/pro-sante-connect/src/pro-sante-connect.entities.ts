import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `pscRequest`: sign-ins that came back from PSC, so that none is taken back twice. */
@Entity('pscRequest')
@Index('pscRequestByExpiry', ['expiresAt'])
export class PscRequestEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'datetime', precision: 3 })
  expiresAt!: Date;
}

/** The table `pscChoice`: people whom PSC has proved and who must still say under which activity they come. */
@Entity('pscChoice')
@Index('pscChoiceByExpiry', ['expiresAt'])
export class PscChoiceEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 64 })
  secretDigest!: string;

  @Column({ type: 'text' })
  identitySealed!: string;

  @Column({ type: 'text' })
  returnTo!: string;

  @Column({ type: 'datetime', precision: 3 })
  expiresAt!: Date;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  consumedAt!: Date | null;
}

/** The table `pscSession`: what it takes to sign out at PSC, and to obey when it signs a person out. */
@Entity('pscSession')
@Index('pscSessionBySid', ['sid'])
@Index('pscSessionBySubject', ['subject'])
@Index('pscSessionByExpiry', ['expiresAt'])
export class PscSessionEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  sessionId!: string;

  @Column({ type: 'varchar', length: 255 })
  subject!: string;

  @Column({ type: 'varchar', length: 255, nullable: true })
  sid!: string | null;

  @Column({ type: 'text' })
  idTokenSealed!: string;

  @Column({ type: 'varchar', length: 64, nullable: true })
  signOutDigest!: string | null;

  @Column({ type: 'datetime', precision: 3 })
  expiresAt!: Date;
}

/** The table `pscLogout`: logout tokens that were taken, so that none is taken twice. */
@Entity('pscLogout')
@Index('pscLogoutBySid', ['sid'])
@Index('pscLogoutByExpiry', ['expiresAt'])
export class PscLogoutEntity {
  /** SHA-256 of the token's id. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  id!: string;

  @Column({ type: 'varchar', length: 255, nullable: true })
  sid!: string | null;

  @Column({ type: 'datetime', precision: 3 })
  expiresAt!: Date;
}
