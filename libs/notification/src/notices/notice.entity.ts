import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `notice`: notices that are due, or that were sent within the hour. */
@Entity('notice')
@Index('noticeDue', ['dueAt', 'quietUntilAt'])
export class NoticeEntity {
  /** Keyed digest of the person, the kind and the topic. */
  @PrimaryColumn({ type: 'varchar', length: 100 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  subjectId!: string;

  @Column({ type: 'varchar', length: 32 })
  kind!: string;

  /** Number of occurrences since the last message. */
  @Column({ type: 'int' })
  occurrences!: number;

  /** Details of the latest occurrence; deleted when it is sent. */
  @Column({ type: 'text', nullable: true })
  sealedDetails!: string | null;

  /** Id of the key that encrypted them. */
  @Column({ type: 'varchar', length: 32 })
  keyId!: string;

  @Column({ type: 'datetime', precision: 3 })
  firstAt!: Date;

  @Column({ type: 'datetime', precision: 3 })
  latestAt!: Date;

  /** When it must be sent; null when there is nothing to send. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  dueAt!: Date | null;

  /** Not sent again before this time. */
  @Column({ type: 'datetime', precision: 3 })
  quietUntilAt!: Date;
}
