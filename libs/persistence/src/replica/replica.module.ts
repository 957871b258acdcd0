import { DynamicModule, Module } from '@nestjs/common';
import type { PersistenceOptions } from '../persistence.options';
import { Replica } from './replica.service';

/** Few people read reports, and each report occupies the replica for longer than a sign-in the database. */
const POOL_SIZE = 4;

/** Provides the replica globally, like the data source. Imported only where there is one. */
@Module({})
export class ReplicaModule {
  static forRoot({ replicaUrl, ...options }: PersistenceOptions): DynamicModule {
    if (!replicaUrl) return { module: ReplicaModule };
    const replica = { ...options, url: replicaUrl, poolSize: POOL_SIZE, readOnly: true };
    return {
      module: ReplicaModule,
      global: true,
      providers: [{ provide: Replica, useFactory: () => new Replica(replica) }],
      exports: [Replica],
    };
  }
}
