export { addColumns, column, createTable } from './columns';
export { openDataSource, tableOptions } from './data-source';
export { isUniqueViolation } from './database/database-errors';
export { writeProbePersistence } from './database/write-probe.service';
export { writerNodePersistence } from './database/writer-node.service';
export { GuardEntity, GuardRepository } from './guard.repository';
export { EntityRepository, exactlyOne, optimisticRetry } from './entity.repository';
export { COMMIT_RISKS, faultsText } from './findings/database.findings';
export type { CommitRisk } from './findings/database.findings';
export { grantStatements, quoted } from './grants';
export type { DatabaseAccount } from './grants';
export { KeyAnnouncementService } from './key-rotation/key-announcement.service';
export { KeyRotationModule, keyRotationPersistence } from './key-rotation/key-rotation.module';
export { conflictText } from './key-rotation/key-rotation.policy';
export type { KeyUse, RunningInstance } from './key-rotation/key-rotation.policy';
export { KeyRotationService } from './key-rotation/key-rotation.service';
export type {} from './key-rotation/key.findings';
export { MigratorService } from './migrator.service';
export { PersistenceModule } from './persistence.module';
export { isEmbedded, isServerUrl, persistencePart } from './persistence.options';
export type {
  DatabaseTls,
  DataSubject,
  PersistenceOptions,
  PersistencePart,
  PersonalDataSource,
  PersonalRecords,
} from './persistence.options';
export { PurgeJob } from './purge.job';
export { DatabaseAuthorityService, ReportsDatabase } from './reports-database.service';
export { RestoreService } from './restore.service';
export { schemaFaults } from './schema/schema.policy';
export type { FoundSchema } from './schema/schema.policy';
export { SchemaRepository } from './schema/schema.repository';
export { SchemaService } from './schema/schema.service';
export { flag, internal, personal, published, secret, stringList, table, tableNameOf } from './table';
export type { ColumnGroup, Duration, Providers, Table } from './table';
export { prefixed } from './table-prefix';
export { afterCommit, Transactions } from './transactions.service';
