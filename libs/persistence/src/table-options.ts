import { MIGRATIONS_TABLE } from './data-source';
import type { PersistencePart } from './persistence.options';

/** Entities and migrations of the application itself. */
interface OwnTables {
  entities?: PersistencePart['entities'];
  migrations?: PersistencePart['migrations'];
}

/**
 * Returns the options with which the application's `TypeOrmModule.forRoot` creates the tables of these libraries
 * beside its own, at start. Migrations are listed as by `PersistenceModule.forRoot`, so that an application may change
 * from one to the other.
 */
export function tableOptions(parts: readonly PersistencePart[], own: OwnTables = {}) {
  return {
    timezone: 'Z',
    isolationLevel: 'READ COMMITTED' as const,
    entities: [...(own.entities ?? []), ...parts.flatMap(({ entities }) => entities)],
    migrations: [...(own.migrations ?? []), ...parts.flatMap(({ migrations }) => migrations)],
    migrationsTableName: MIGRATIONS_TABLE,
    migrationsTransactionMode: 'each' as const,
    migrationsRun: true,
  };
}
