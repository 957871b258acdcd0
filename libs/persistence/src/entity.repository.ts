import { EntityManager, FindOptionsOrder, FindOptionsSelect, FindOptionsWhere, In } from 'typeorm';
import type { ObjectLiteral, QueryDeepPartialEntity, Repository } from 'typeorm';
import { isUniqueViolation } from './database-errors';

/** Base of the repositories of this house: their statements run alone, or in the caller's transaction. */
export abstract class EntityRepository<Entity extends ObjectLiteral> {
  constructor(protected readonly rows: Repository<Entity>) {}

  /** The rows as `tx` sees them; without it each statement is a committed unit of its own. */
  protected of(tx?: EntityManager): Repository<Entity> {
    return tx ? tx.getRepository(this.rows.target) : this.rows;
  }

  /** Whether the row was inserted: of several callers that bring one key, the first gets true. */
  protected async insertNew(row: QueryDeepPartialEntity<Entity>, tx?: EntityManager): Promise<boolean> {
    try {
      await this.of(tx).insert(row);
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }

  /**
   * Deletes `batch` of the rows that are `old`, in this order: how many. They are chosen first and deleted by the first
   * column of their key, so that no lock is held on what lives; what is not old any more by then stays. Of a key of
   * several columns, the old rows beside them go too.
   */
  protected async deleteOldest(
    old: FindOptionsWhere<Entity>,
    order: FindOptionsOrder<Entity>,
    batch: number,
  ): Promise<number> {
    const key = this.rows.metadata.primaryColumns[0]!.propertyName;
    const select = { [key]: true } as FindOptionsSelect<Entity>;
    const oldest = await this.of().find({ select, where: old, order, take: batch });
    if (oldest.length === 0) return 0;
    const { affected } = await this.of().delete({
      ...old,
      [key]: In(oldest.map((row) => row[key] as string)),
    });
    return affected ?? 0;
  }
}
