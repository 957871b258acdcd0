import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * One line of the journal. Rows are added and, after their retention, purged. Their content never changes; the number of
 * the seal is written once. The id grows with time (UUIDv7), so that a page, and a period, is a range of the primary key.
 */
@Entity('auditEvent')
@Index('auditEventAccount', ['accountId', 'id'])
@Index('auditEventActor', ['actorId', 'id'])
@Index('auditEventName', ['name', 'outcome', 'id'])
@Index('auditEventStructure', ['structureId', 'id'])
@Index('auditEventStructureName', ['structureId', 'name', 'outcome', 'id'])
@Index('auditEventRequest', ['requestId', 'id'])
@Index('auditEventSeal', ['sealSequence', 'id'])
export class AuditEventEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'datetime', precision: 3 })
  happenedAt!: Date;

  @Column({ type: 'varchar', length: 64 })
  name!: string;

  @Column({ type: 'varchar', length: 8 })
  outcome!: 'SUCCESS' | 'FAILURE';

  /** Account that the event concerns. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  accountId!: string | null;

  /** Account of the actor, when it is another person. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  actorId!: string | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  structureId!: string | null;

  @Column({ type: 'varchar', length: 32, nullable: true })
  means!: string | null;

  @Column({ type: 'varchar', length: 16, nullable: true })
  channel!: string | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  address!: string | null;

  @Column({ type: 'varchar', length: 256, nullable: true })
  device!: string | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  requestId!: string | null;

  @Column({ type: 'varchar', length: 128, nullable: true })
  reason!: string | null;

  /** JSON. */
  @Column({ type: 'text', nullable: true })
  data!: string | null;

  /**
   * Keyed digest of all columns above, made at writing: an attacker with the database but no key cannot write a valid
   * line.
   */
  @Column({ type: 'varchar', length: 100, nullable: true })
  mark!: string | null;

  /** Number of the seal that covers it; null until then. */
  @Column({ type: 'int', nullable: true })
  sealSequence!: number | null;
}
