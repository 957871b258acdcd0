import { EntityRepository } from '@portillon/persistence';
import { FindOptionsOrder, FindOptionsWhere, LessThanOrEqual } from 'typeorm';

/** Base of the repositories of this library, whose rows are void once they have expired. */
export abstract class ExpiringRepository<Row extends { expiresAt: Date }> extends EntityRepository<Row> {
  /** Deletes at most `batch` rows that have expired. Returns the number. */
  deleteExpired(now: Date, batch: number): Promise<number> {
    const expired = { expiresAt: LessThanOrEqual(now) } as FindOptionsWhere<Row>;
    return this.deleteOldest(expired, { expiresAt: 'ASC' } as FindOptionsOrder<Row>, batch);
  }
}
