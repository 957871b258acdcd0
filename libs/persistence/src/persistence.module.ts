import { ConfigurableModuleBuilder, Module } from '@nestjs/common';
import { Database } from './database';
import { openDataSource, PersistenceOptions } from './data-source';
import { Migrator } from './migrator';
import { TypeOrmDatabase } from './typeorm-database';

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = new ConfigurableModuleBuilder<PersistenceOptions>()
  .setClassMethodName('forRoot')
  .setExtras({ isGlobal: true }, (definition, extras) => ({ ...definition, global: extras.isGlobal }))
  .build();

/** Provides {@link Database} and {@link Migrator} to the whole application. */
@Module({
  providers: [
    {
      provide: TypeOrmDatabase,
      inject: [MODULE_OPTIONS_TOKEN],
      useFactory: async (options: PersistenceOptions) => new TypeOrmDatabase(await openDataSource(options)),
    },
    { provide: Database, useExisting: TypeOrmDatabase },
    Migrator,
  ],
  exports: [Database, Migrator],
})
export class PersistenceModule extends ConfigurableModuleClass {}
