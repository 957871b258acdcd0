import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `pscSession`: the data to sign out at PSC, and to end our sessions when PSC signs a user out. */
@Entity('pscSession')
@Index('pscSessionBySid', ['sid'])
@Index('pscSessionBySubject', ['subject'])
@Index('pscSessionByExpiry', ['expiresAt'])
export class ProviderSessionEntity {
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
