import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `ticket`: used tickets, so that none is used twice. */
@Entity('ticket')
@Index('ticketByExpiry', ['expiresAt'])
export class TicketEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'datetime', precision: 3 })
  expiresAt!: Date;
}
