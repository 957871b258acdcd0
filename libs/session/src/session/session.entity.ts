import { stringList } from '@portillon/persistence';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Principal, SessionActivity, SessionMeans, SessionProof, Device } from './session.types';

/** The table `session`. */
@Entity('session')
@Index('sessionOfAccount', ['accountId', 'endedAt'])
@Index('sessionByEnd', ['endedAt', 'idleExpiresAt'])
export class SessionEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  accountId!: string;

  /** SHA-256 of the secret; null as soon as the session has ended. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  secretDigest!: string | null;

  @Column({ type: 'int' })
  rotation!: number;

  @Column({ type: 'simple-json' })
  principal!: Principal;

  @Column({ type: 'varchar', length: 32 })
  means!: SessionMeans;

  @Column({ type: 'varchar', length: 64, nullable: true })
  acr!: string | null;

  /** Words of RFC 8176. */
  @Column({ type: 'varchar', length: 255, transformer: stringList })
  amr!: string[];

  /** Chosen at sign-in. */
  @Column({ type: 'simple-json', nullable: true })
  activity!: SessionActivity | null;

  @Column({ type: 'simple-json' })
  proof!: SessionProof;

  @Column({ type: 'datetime', precision: 3 })
  signedInAt!: Date;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  codeAcceptedAt!: Date | null;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  codeValidUntilAt!: Date | null;

  @Column({ type: 'datetime', precision: 3 })
  authenticatedAt!: Date;

  @Column({ type: 'datetime', precision: 3 })
  idleExpiresAt!: Date;

  @Column({ type: 'datetime', precision: 3 })
  expiresAt!: Date;

  @Column({ type: 'varchar', length: 36, nullable: true })
  browserId!: string | null;

  @Column({ type: 'varchar', length: 255 })
  userAgent!: string;

  @Column({ type: 'varchar', length: 45 })
  address!: string;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  endedAt!: Date | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  endReason!: string | null;
}

const USER_AGENT_LENGTH = 255;
const ADDRESS_LENGTH = 45;

/** Cuts a device to the length of its columns, so that a long header does not fail a sign-in. */
export function deviceColumns({ userAgent, address }: Device): Device {
  return { userAgent: userAgent.slice(0, USER_AGENT_LENGTH), address: address.slice(0, ADDRESS_LENGTH) };
}
