import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { SigningAlgorithm, SigningKeyState } from './signing-key.types';

/** The table `signingKey`. */
@Entity('signingKey')
@Index('signingKeySlot', ['slot'], { unique: true })
export class SigningKeyEntity {
  /** The `kid` of what it signs. */
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 16 })
  algorithm!: SigningAlgorithm;

  @Column({ type: 'varchar', length: 16 })
  state!: SigningKeyState;

  /** Algorithm and state while there can be one such key, so that two instances cannot make it twice; null when retired. */
  @Column({ type: 'varchar', length: 32, nullable: true })
  slot!: string | null;

  /** The private JWK, sealed by the deployment's keys. */
  @Column({ type: 'text' })
  sealed!: string;

  @Column({ type: 'datetime', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  activatedAt!: Date | null;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  retiredAt!: Date | null;
}
