import { Entity, PrimaryColumn } from 'typeorm';

/** That the journal has its line of a reading: the key lets one be, of a reader, of what they read, and of an hour. */
@Entity('auditReading')
export class AuditReadingEntity {
  /** The beginning of the hour. */
  @PrimaryColumn({ type: 'datetime', precision: 3 })
  hourAt!: Date;

  /** What the line is called. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  name!: string;

  /** Who read. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  readerId!: string;

  /** Whose data it was, an account or a structure; empty: all of it. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  subjectId!: string;
}
