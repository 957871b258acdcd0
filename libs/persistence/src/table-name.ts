import { getMetadataArgsStorage } from 'typeorm';

/**
 * Returns the table of an entity, for raw SQL, with the prefix that the application may have set.
 *
 * @throws Error for an entity without a table
 */
export function tableNameOf(entity: abstract new (...args: never[]) => object): string {
  const [table] = getMetadataArgsStorage().filterTables(entity);
  if (!table?.name) throw new Error(`${entity.name} names no table`);
  return table.name;
}
