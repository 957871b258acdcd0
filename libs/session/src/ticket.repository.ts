import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, isUniqueViolation } from '@portillon/persistence';
import { EntityManager, In, LessThanOrEqual, Repository } from 'typeorm';
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
  async use(ticket: TicketEntity, tx: EntityManager): Promise<boolean> {
    try {
      await this.of(tx).insert(ticket);
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }

  async deleteExpired(now: Date, batch: number): Promise<number> {
    const rows = await this.of().find({
      select: { id: true },
      where: { expiresAt: LessThanOrEqual(now) },
      order: { expiresAt: 'ASC' },
      take: Math.trunc(batch),
    });
    if (rows.length === 0) return 0;
    const { affected } = await this.of().delete({ id: In(rows.map((row) => row.id)) });
    return affected ?? 0;
  }
}
