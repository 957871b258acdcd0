import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository } from '@portillon/persistence';
import { EntityManager, LessThanOrEqual, Repository } from 'typeorm';
import { TicketEntity } from './ticket.entity';

/** The table `ticket`: tickets that were used. */
@Injectable()
export class TicketRepository extends EntityRepository<TicketEntity> {
  constructor(@InjectRepository(TicketEntity) rows: Repository<TicketEntity>) {
    super(rows);
  }

  isUsed(id: string): Promise<boolean> {
    return this.of().existsBy({ id });
  }

  /** Writes down that it is used: the key lets one caller do so. */
  use(ticket: TicketEntity, tx: EntityManager): Promise<boolean> {
    return this.insertNew(ticket, tx);
  }

  deleteExpired(now: Date, batch: number): Promise<number> {
    return this.deleteOldest({ expiresAt: LessThanOrEqual(now) }, { expiresAt: 'ASC' }, batch);
  }
}
