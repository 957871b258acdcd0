import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `pscRequest`: sign-ins that came back from PSC, so that none is taken back twice. */
@Entity('pscRequest')
@Index('pscRequestByExpiry', ['expiresAt'])
export class AuthorizationRequestEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'datetime', precision: 3 })
  expiresAt!: Date;
}
