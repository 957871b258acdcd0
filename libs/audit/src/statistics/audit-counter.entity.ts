import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * How often something happened in a structure, or at an application, on a day. Counted when the lines are sealed, in
 * the same transaction; what an application was refused for its own fault, of which the journal has no line, at once.
 */
@Entity('auditCounter')
export class AuditCounterEntity {
  /** The structure's id, `*` for all together, empty for lines of no structure; `application:` and the id of one. */
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
