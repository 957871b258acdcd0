import type { EntityManager, ObjectLiteral, Repository } from 'typeorm';

/** Base of the repositories of this house: their statements run alone, or in the caller's transaction. */
export abstract class EntityRepository<Entity extends ObjectLiteral> {
  constructor(protected readonly rows: Repository<Entity>) {}

  /** The rows as `tx` sees them; without it each statement is a committed unit of its own. */
  protected of(tx?: EntityManager): Repository<Entity> {
    return tx ? tx.getRepository(this.rows.target) : this.rows;
  }
}
