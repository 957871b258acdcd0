import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `ticket`. */
@Entity('ticket')
@Index('ticketByExpiry', ['expiresAt'])
export class TicketRecord {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 32 })
  purpose!: string;

  /** SHA-256 of the secret; null as soon as the ticket was used. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  secretDigest!: string | null;

  /** SHA-256 of what the browser's cookie holds. */
  @Column({ type: 'varchar', length: 64 })
  browserDigest!: string;

  /** What was proved, sealed; wiped when the ticket is used. */
  @Column({ type: 'text', nullable: true })
  sealedContent!: string | null;

  @Column({ type: 'datetime', precision: 3 })
  expiresAt!: Date;
}
