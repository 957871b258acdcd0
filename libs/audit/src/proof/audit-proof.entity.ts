import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Head } from '../verification/verification.types';
import type { ProofResult } from './audit-proof.types';

/** The latest requested proof and the process that works on it: one row. */
@Entity('auditProof')
export class AuditProofEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  /** Account of the requester; null: none. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  askedBy!: string | null;

  @Column({ type: 'datetime', precision: 3 })
  askedAt!: Date;

  @Column({ type: 'simple-json', nullable: true })
  noted!: Head | null;

  @Column({ type: 'int' })
  readLines!: number;

  @Column({ type: 'int' })
  totalLines!: number;

  /** The process that works on it, and the end of its lease. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  heldBy!: string | null;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  heldUntilAt!: Date | null;

  /** Null while it is running. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  endedAt!: Date | null;

  @Column({ type: 'simple-json', nullable: true })
  result!: ProofResult | null;
}
