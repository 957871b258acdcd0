import { DynamicModule, FactoryProvider, Module } from '@nestjs/common';
import { TypeOrmModule, TypeOrmModuleOptions } from '@nestjs/typeorm';
import { registerFindings } from '@portillon/kernel';
import { openDataSource } from './data-source';
import { DatabaseAuthorityService } from './database/database-authority.service';
import { DatabaseHealthRepository } from './database/database-health.repository';
import { DatabaseMetrics } from './database/database.metrics';
import { WriteProbe } from './database/write-probe.service';
import { ClockFindings } from './findings/clock.findings';
import { DatabaseFindings } from './findings/database.findings';
import { PreparedStatementFindings } from './findings/prepared-statement.findings';
import { TableFindings } from './findings/table.findings';
import { VersionFindings } from './findings/version.findings';
import { MigratorService } from './migrator.service';
import type { PersistenceOptions } from './persistence.options';
import { ReplicaModule } from './replica/replica.module';
import { ReportsDatabase } from './replica/reports-database.service';
import { RestoreService } from './restore.service';
import { SchemaRepository } from './schema/schema.repository';
import { SchemaService } from './schema/schema.service';
import { Transactions } from './transactions.service';

/** Nest waits for it before it starts any module. */
const MIGRATED: FactoryProvider = {
  provide: Symbol('migrated'),
  inject: [MigratorService],
  useFactory: (migrator: MigratorService) => migrator.migrate(),
};

/**
 * Provides {@link Transactions}, {@link MigratorService}, {@link SchemaService} and {@link ReportsDatabase}. `forRoot`
 * also opens the database and its replica, and registers its metrics and findings. An application that calls
 * `TypeOrmModule.forRoot` imports the plain module, which uses the application's data source.
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
    MigratorService,
    ReportsDatabase,
    RestoreService,
    SchemaService,
    Transactions,
  ],
})
export class PersistenceModule {
  static forRoot(options: PersistenceOptions): DynamicModule {
    return {
      module: PersistenceModule,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: (): TypeOrmModuleOptions => ({ type: 'mysql', retryAttempts: 0, toRetry: () => false }),
          dataSourceFactory: () => openDataSource(options),
        }),
        ReplicaModule.forRoot(options),
      ],
      providers: [
        DatabaseMetrics,
        WriteProbe,
        ...(options.migrate ? [MIGRATED] : []),
        ...registerFindings(
          ClockFindings,
          DatabaseFindings,
          PreparedStatementFindings,
          TableFindings,
          VersionFindings,
        ),
      ],
    };
  }
}
