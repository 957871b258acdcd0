import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * One line of the journal. Rows are added and, once too old, purged; nothing updates one.
 * The id grows with time (UUIDv7), so that a page, a purge and a seal over a batch are each a range of the primary key.
 */
@Entity('auditEvent')
@Index('auditEventAccount', ['accountId', 'id'])
export class AuditEventEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'datetime', precision: 3 })
  happenedAt!: Date;

  @Column({ type: 'varchar', length: 64 })
  name!: string;

  @Column({ type: 'varchar', length: 8 })
  outcome!: 'SUCCESS' | 'FAILURE';

  /** Whom it concerns. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  accountId!: string | null;

  /** Who did it, when it is somebody else. */
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
}
