import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `notice`: what a person is to be notified of, or was within the hour. */
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

  /** How often it happened since the last message. */
  @Column({ type: 'int' })
  occurrences!: number;

  /** Of the latest occurrence; wiped when it is sent. */
  @Column({ type: 'text', nullable: true })
  sealedDetails!: string | null;

  /** Which key sealed them. */
  @Column({ type: 'varchar', length: 32 })
  keyId!: string;

  @Column({ type: 'datetime', precision: 3 })
  firstAt!: Date;

  @Column({ type: 'datetime', precision: 3 })
  latestAt!: Date;

  /** When it is to be sent; null when there is nothing to send. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  dueAt!: Date | null;

  /** Not sent again before. */
  @Column({ type: 'datetime', precision: 3 })
  quietUntilAt!: Date;
}
