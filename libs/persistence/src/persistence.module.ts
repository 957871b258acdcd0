import { DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule, TypeOrmModuleOptions } from '@nestjs/typeorm';
import { openDataSource } from './data-source';
import { Database } from './database';
import { DatabaseAuthorityService } from './database-authority.service';
import { DatabaseHealthService } from './database-health.service';
import { MigratorService } from './migrator.service';
import type { PersistenceOptions } from './persistence.options';
import { Transactions } from './transactions.service';

/**
 * Provides {@link Transactions} and {@link MigratorService}. `forRoot` opens the database too; an application with a
 * `TypeOrmModule.forRoot` of its own imports the plain module, which uses the application's data source.
 */
@Module({
  providers: [Database, DatabaseAuthorityService, DatabaseHealthService, MigratorService, Transactions],
  exports: [Database, DatabaseAuthorityService, DatabaseHealthService, MigratorService, Transactions],
})
export class PersistenceModule {
  static forRoot(options: PersistenceOptions): DynamicModule {
    return {
      module: PersistenceModule,
      global: true,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: (): TypeOrmModuleOptions => ({ type: 'mysql', retryAttempts: 0, toRetry: () => false }),
          dataSourceFactory: () => openDataSource(options),
        }),
      ],
    };
  }
}
