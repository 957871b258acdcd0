import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * Number of events in a structure, or at an application, on a day. Lines are counted in the transaction that seals
 * them. Refusals of an application without a line in the journal are counted immediately.
 */
@Entity('auditCounter')
export class AuditCounterEntity {
  /** Id of the structure, `*` for all together, empty for lines without one; or `application:` and its id. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  structureId!: string;

  /** `2026-11-24`, of the calendar of Europe/Paris. */
  @PrimaryColumn({ type: 'varchar', length: 10 })
  day!: string;

  @PrimaryColumn({ type: 'varchar', length: 32 })
  metric!: string;

  /** Empty where there is none. */
  @PrimaryColumn({ type: 'varchar', length: 32 })
  means!: string;

  /** Empty where there is none. */
  @PrimaryColumn({ type: 'varchar', length: 16 })
  channel!: string;

  @Column({ type: 'int' })
  total!: number;
}
