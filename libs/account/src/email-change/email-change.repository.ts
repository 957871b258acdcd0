import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import { EntityManager, LessThan, Repository } from 'typeorm';
import { EmailChangeEntity } from './email-change.entity';

/** The table `emailChange`. */
@Injectable()
export class EmailChangeRepository extends EntityRepository<EmailChangeEntity> {
  constructor(@InjectRepository(EmailChangeEntity) rows: Repository<EmailChangeEntity>) {
    super(rows);
  }

  async insert(change: EmailChangeEntity, tx: EntityManager): Promise<void> {
    await this.of(tx).insert(change);
  }

  find(proofId: string, accountId: string, tx: EntityManager): Promise<EmailChangeEntity | null> {
    return this.of(tx).findOneBy({ proofId, accountId });
  }

  /** Deletes a proposal. Returns whether it was there: `true` for one concurrent caller. */
  async delete(proofId: string, tx: EntityManager): Promise<boolean> {
    return exactlyOne(await this.of(tx).delete({ proofId }));
  }

  async deleteOf(accountId: string, tx: EntityManager): Promise<void> {
    await this.of(tx).delete({ accountId });
  }

  /** Deletes at most `batch` expired proposals. Returns how many. */
  deleteExpired(now: Date, batch: number): Promise<number> {
    return this.deleteOldest({ expiresAt: LessThan(now) }, { expiresAt: 'ASC' }, batch);
  }
}
