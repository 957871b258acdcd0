import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `noticeLink`: one row for each mailed notice whose reader may report that the event was not theirs. */
@Entity('noticeLink')
@Index('noticeLinkOfAccount', ['accountId'])
@Index('noticeLinkExpiry', ['expiresAt'])
export class NoticeLinkEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  accountId!: string;

  /** Kind of the notice, such as `password-changed`. */
  @Column({ type: 'varchar', length: 32 })
  event!: string;

  @Column({ type: 'datetime', precision: 3 })
  occurredAt!: Date;

  /** The address that the notice went to: a later change of the account’s address does not reach it. */
  @Column({ type: 'varchar', length: 254 })
  mailbox!: string;

  /** SHA-256 of the secret; null as soon as the link was used or found expired. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  secretDigest!: string | null;

  @Column({ type: 'datetime', precision: 3 })
  expiresAt!: Date;
}
