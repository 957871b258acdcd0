import type { EntityManager, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { RawSqlResultsToEntityTransformer } from 'typeorm/query-builder/transformer/RawSqlResultsToEntityTransformer';

/**
 * Returns a read whose text and hydrator TypeORM builds here, once (ADR 0060). No row is kept: each call brings its
 * values, reads as `manager` sees the rows, and returns new entities. `query` has neither `take` nor `skip` nor an
 * operator such as `In`, and names each value: `:id`, `:...ids`.
 */
export function preparedSelect<Entity extends ObjectLiteral>(query: SelectQueryBuilder<Entity>) {
  const { expressionMap, dataSource } = query;
  // As TypeORM's `getMany`: the primary key is read though it is not selected.
  expressionMap.queryEntity = true;
  const sql = query.getQuery();
  const hydrator = new RawSqlResultsToEntityTransformer(expressionMap, dataSource.driver, []);
  return async (values: ObjectLiteral, manager: EntityManager): Promise<Entity[]> => {
    const raw = await manager.query<unknown[]>(...dataSource.driver.escapeQueryWithParameters(sql, values));
    return hydrator.transform(raw, expressionMap.mainAlias!) as Entity[];
  };
}
