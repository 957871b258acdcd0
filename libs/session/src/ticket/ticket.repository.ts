import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository } from '@portillon/persistence';
import { EntityManager, LessThanOrEqual, Repository, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `ticket`: used tickets, so that none is used twice. */
@Entity('ticket')
@Index('ticketByExpiry', ['expiresAt'])
export class TicketEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'datetime', precision: 3 })
  expiresAt!: Date;
}

/** The table `ticket`: used tickets. */
@Injectable()
export class TicketRepository extends EntityRepository<TicketEntity> {
  constructor(@InjectRepository(TicketEntity) rows: Repository<TicketEntity>) {
    super(rows);
  }

  isUsed(id: string): Promise<boolean> {
    return this.of().existsBy({ id });
  }

  /** Records the use. Returns true for one caller, by the primary key. */
  use(ticket: TicketEntity, tx: EntityManager): Promise<boolean> {
    return this.insertNew(ticket, tx);
  }

  deleteExpired(now: Date, batch: number): Promise<number> {
    return this.deleteOldest({ expiresAt: LessThanOrEqual(now) }, { expiresAt: 'ASC' }, batch);
  }
}
