import { DataSource, MixedList } from 'typeorm';
import { asAppError } from './database/database-errors';
import { openServer } from './mysql/server.data-source';
import { isServerUrl, PersistenceOptions } from './persistence.options';
import type { PersistencePart } from './persistence.options';
import { openEmbedded } from './sqlite/embedded.data-source';
import { requirePrefixes } from './table-prefix';

/** Table in which TypeORM lists the migrations that ran. */
export const MIGRATIONS_TABLE = 'schemaMigration';

/** Opens the database at `url`. @throws AppError `service.busy` when it does not answer */
export async function openDataSource(options: PersistenceOptions): Promise<DataSource> {
  requirePrefixes(options.parts);
  const schema = {
    entities: options.parts.flatMap((part) => part.entities) as MixedList<never>,
    migrations: options.parts.flatMap((part) => part.migrations) as MixedList<never>,
    migrationsTableName: MIGRATIONS_TABLE,
    migrationsTransactionMode: 'each' as const,
    synchronize: false,
    logging: false,
  };
  try {
    return await (isServerUrl(options.url) ? openServer(options, schema) : openEmbedded(options.url, schema));
  } catch (error) {
    throw asAppError(error);
  }
}

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
