export { afterCommit } from './after-commit';
export { addColumns, column, createTable } from './columns';
export { openDataSource } from './data-source';
export { DatabaseAuthorityService } from './database/database-authority.service';
export { faultsText } from './findings/table.findings';
export { tableNameOf } from './table-name';
export { tableOptions } from './table-options';
export { prefixed } from './table-prefix';
export { isUniqueViolation } from './database/database-errors';
export { EntityRepository } from './entity.repository';
export { exactlyOne } from './exactly-one';
export { grantStatements, quoted } from './grants';
export type { DatabaseAccount, GrantRequest } from './grants';
export { isEmbedded } from './is-embedded';
export { flag } from './flag.transformer';
export { MigratorService } from './migrator.service';
export { PersistenceModule } from './persistence.module';
export { isServerUrl, persistencePart } from './persistence.options';
export type {
  DatabaseTls,
  KeyedColumn,
  PersistenceOptions,
  PersistencePart,
  RestrictedTable,
} from './persistence.options';
export type { DataSubject, PersonalDataSource, PersonalRecords } from './personal-data.types';
export { MOST_PREPARED } from './mysql/server.data-source';
export { PurgeJob } from './purge.job';
export { ReportsDatabase } from './replica/reports-database.service';
export { RestoreService } from './restore.service';
export { schemaFaults } from './schema/schema.policy';
export { SchemaRepository } from './schema/schema.repository';
export { SchemaService } from './schema/schema.service';
export type { FoundSchema } from './schema/schema.types';
export { optimisticRetry } from './optimistic-retry';
export { internal, personal, published, secret, table } from './table';
export type { ColumnGroup, Duration, Providers, Table } from './table';
export { Transactions } from './transactions.service';
export { words } from './words.transformer';
export type {} from './findings/clock.findings';
