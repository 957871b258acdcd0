import { EntityRepository } from '@portillon/persistence';

/** Base of the repositories of this lib: their rows are worth nothing once they have expired. */
export abstract class ExpiringRepository<Row extends { expiresAt: Date }> extends EntityRepository<Row> {
  /** Deletes at most `batch` rows that have expired: how many. By key, so that no lock is held on what lives. */
  async deleteExpired(now: Date, batch: number): Promise<number> {
    const expired = await this.of()
      .createQueryBuilder('row')
      .where('row.expiresAt <= :now', { now })
      .orderBy('row.expiresAt')
      .limit(batch)
      .getMany();
    if (expired.length === 0) return 0;
    const { affected } = await this.of().delete(expired.map((row) => this.rows.getId(row) as string));
    return affected ?? 0;
  }
}
