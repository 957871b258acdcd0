export { column, createTable } from './columns';
export { openDataSource, isServerUrl } from './data-source';
export type { PersistenceOptions, PersistencePart } from './data-source';
export { Database } from './database';
export type { Dialect, SqlValue, Statements } from './database';
export { isUniqueViolation } from './database-error';
export { Migrator } from './migrator';
export { PersistenceModule } from './persistence.module';
export { TypeOrmDatabase } from './typeorm-database';
