import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `pscLogout`: logout tokens that were taken, so that none is taken twice. */
@Entity('pscLogout')
@Index('pscLogoutBySid', ['sid'])
@Index('pscLogoutByExpiry', ['expiresAt'])
export class LogoutTokenEntity {
  /** SHA-256 of the token's id. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  id!: string;

  @Column({ type: 'varchar', length: 255, nullable: true })
  sid!: string | null;

  @Column({ type: 'datetime', precision: 3 })
  expiresAt!: Date;
}
