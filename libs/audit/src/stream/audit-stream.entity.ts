import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Progress of the stream, and the process that sends: one row. */
@Entity('auditStream')
export class AuditStreamEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  /** Seal of the last line that the collector has. */
  @Column({ type: 'int' })
  sealSequence!: number;

  @Column({ type: 'varchar', length: 36 })
  lineId!: string;

  /** The process that sends, or sent last. */
  @Column({ type: 'varchar', length: 36 })
  heldBy!: string;

  /** When another process may take over. */
  @Column({ type: 'datetime', precision: 3 })
  heldUntilAt!: Date;
}
