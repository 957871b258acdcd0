import { DynamicModule, Module } from '@nestjs/common';
import type { ConfigurableModuleAsyncOptions } from '@nestjs/common';
import { TypeOrmModule, TypeOrmModuleOptions } from '@nestjs/typeorm';
import { configurableModule, registerFindings } from '@portillon/kernel';
import { openDataSource } from './data-source';
import { DatabaseHealthRepository } from './database/database-health.repository';
import { DatabaseMetrics } from './database/database.metrics';
import { WriteProbe } from './database/write-probe.service';
import { WriterNode } from './database/writer-node.service';
import {
  ClockFindings,
  DatabaseFindings,
  DurabilityFindings,
  PreparedStatementFindings,
  TableFindings,
  VersionFindings,
} from './findings/database.findings';
import { MigratorService } from './migrator.service';
import { PERSISTENCE_OPTIONS } from './persistence.options';
import type { PersistenceOptions } from './persistence.options';
import { DatabaseAuthorityService, ReportsDatabase } from './reports-database.service';
import { RestoreService } from './restore.service';
import { SchemaRepository } from './schema/schema.repository';
import { SchemaService } from './schema/schema.service';
import { Transactions } from './transactions.service';

/**
 * Provides {@link Transactions}, {@link MigratorService}, {@link SchemaService} and {@link ReportsDatabase}. `forRoot`
 * and `forRootAsync` also open the database and its replica, and register its metrics and findings. An application that
 * calls `TypeOrmModule.forRoot` imports the plain module, which uses the application's data source.
 */
@Module({
  providers: [
    DatabaseAuthorityService,
    DatabaseHealthRepository,
    MigratorService,
    ReportsDatabase,
    RestoreService,
    SchemaRepository,
    SchemaService,
    Transactions,
  ],
  exports: [
    DatabaseAuthorityService,
    DatabaseHealthRepository,
    MigratorService,
    ReportsDatabase,
    RestoreService,
    SchemaService,
    Transactions,
  ],
})
export class PersistenceModule {
  static forRoot(options: PersistenceOptions): DynamicModule {
    return DatabaseModule.forRoot(options);
  }

  static forRootAsync(options: ConfigurableModuleAsyncOptions<PersistenceOptions>): DynamicModule {
    return DatabaseModule.forRootAsync(options);
  }
}

const { ConfigurableModuleClass } = configurableModule<PersistenceOptions>(PERSISTENCE_OPTIONS);

/** Opens the database, and migrates it where the options say so: Nest waits for both before it starts any module. */
@Module({
  imports: [
    PersistenceModule,
    TypeOrmModule.forRootAsync({
      inject: [PERSISTENCE_OPTIONS],
      useFactory: (options: PersistenceOptions): TypeOrmModuleOptions => ({
        type: 'mysql',
        extra: options,
        retryAttempts: 0,
        toRetry: () => false,
      }),
      dataSourceFactory: (options) => openDataSource(options!.extra as PersistenceOptions),
    }),
  ],
  providers: [
    DatabaseMetrics,
    WriteProbe,
    WriterNode,
    {
      provide: Symbol('migrated'),
      inject: [MigratorService, PERSISTENCE_OPTIONS],
      useFactory: (migrator: MigratorService, { migrate }: PersistenceOptions) =>
        migrate && migrator.migrate(),
    },
    ...registerFindings(
      ClockFindings,
      DatabaseFindings,
      DurabilityFindings,
      PreparedStatementFindings,
      TableFindings,
      VersionFindings,
    ),
  ],
  exports: [PersistenceModule],
})
class DatabaseModule extends ConfigurableModuleClass {}
