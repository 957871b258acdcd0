import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How far the journal is at the collector, and which process sends it: one row. */
@Entity('auditStream')
export class AuditStreamEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  /** Of the last line that the collector has. */
  @Column({ type: 'int' })
  sealSequence!: number;

  @Column({ type: 'varchar', length: 36 })
  lineId!: string;

  /** The process that sends, or that sent last. */
  @Column({ type: 'varchar', length: 36 })
  heldBy!: string;

  /** When another process may take over. */
  @Column({ type: 'datetime', precision: 3 })
  heldUntilAt!: Date;
}
