import type { EntityManager, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { RawSqlResultsToEntityTransformer } from 'typeorm/query-builder/transformer/RawSqlResultsToEntityTransformer';

/**
 * A SELECT whose text and hydrator TypeORM builds once, for reads of every request (ADR 0060). No row is kept: each
 * call brings its values, reads anew and returns new entities. The query has neither `take` nor `skip` nor an
 * operator such as `In`, and names each value: `:id`, `:...ids`.
 */
export class PreparedSelect<Entity extends ObjectLiteral> {
  readonly #sql: string;
  readonly #hydrator: RawSqlResultsToEntityTransformer;

  constructor(private readonly query: SelectQueryBuilder<Entity>) {
    const { expressionMap, dataSource } = query;
    // As TypeORM's `getMany`: the primary key is read though it is not selected.
    expressionMap.queryEntity = true;
    this.#sql = query.getQuery();
    this.#hydrator = new RawSqlResultsToEntityTransformer(expressionMap, dataSource.driver, []);
  }

  /** The rows as `manager` sees them. */
  async rows(values: ObjectLiteral, manager: EntityManager): Promise<Entity[]> {
    const { driver } = manager.dataSource;
    const raw = await manager.query<unknown[]>(...driver.escapeQueryWithParameters(this.#sql, values));
    return this.#hydrator.transform(raw, this.query.expressionMap.mainAlias!) as Entity[];
  }
}
