import { Entity, PrimaryColumn } from 'typeorm';

/** A reading that the journal has recorded. The key allows one per reader, subject and hour. */
@Entity('auditReading')
export class AuditReadingEntity {
  /** The beginning of the hour. */
  @PrimaryColumn({ type: 'datetime', precision: 3 })
  hourAt!: Date;

  /** Name of the event. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  name!: string;

  /** Account of the reader. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  readerId!: string;

  /** The account or structure whose data was read; empty: all of them. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  subjectId!: string;
}
