import { getMetadataArgsStorage } from 'typeorm';

/**
 * The table of an entity, for a statement that names it in its text: an application may have put a prefix before it.
 * @throws Error for an entity that names no table
 */
export function tableNameOf(entity: abstract new (...args: never[]) => object): string {
  const [table] = getMetadataArgsStorage().filterTables(entity);
  if (!table?.name) throw new Error(`${entity.name} names no table`);
  return table.name;
}
