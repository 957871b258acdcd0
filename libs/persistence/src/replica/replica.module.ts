import { DynamicModule, Module } from '@nestjs/common';
import type { PersistenceOptions } from '../persistence.options';
import { Replica } from './replica.service';

/** Few people read reports, and each takes the replica for longer than a sign-in takes the database. */
const POOL_SIZE = 4;

/** The replica, for every module as the data source is. Only where there is one. */
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
