import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { MetricsRegistry } from '@portillon/kernel';
import { Counter, Gauge } from 'prom-client';
import { DataSource } from 'typeorm';
import { DatabaseHealthRepository } from './database-health.repository';
import { retriesOf } from './database-errors';
import { isEmbedded } from '../persistence.options';
import { poolUse } from '../mysql/server.data-source';

/** Metrics of retries and connections. */
@Injectable()
export class DatabaseMetrics {
  constructor(
    registry: MetricsRegistry,
    @InjectDataSource() dataSource: DataSource,
    health: DatabaseHealthRepository,
  ) {
    new Counter({
      name: 'portillon_database_retries_total',
      help: 'Transactions and statements that were run again after a deadlock or a lost certification.',
      registers: [registry],
      collect() {
        this.reset();
        this.inc(retriesOf(dataSource));
      },
    });
    new Gauge({
      name: 'portillon_database_pool_connections',
      help: 'Connections by state: busy, idle, the limit of both, and callers that wait for one. None of the embedded engine.',
      labelNames: ['state'],
      registers: [registry],
      collect() {
        if (isEmbedded(dataSource.manager)) return;
        for (const [state, count] of Object.entries(poolUse(dataSource))) this.set({ state }, count);
      },
    });
    const prepared = new Gauge({
      name: 'portillon_database_prepared_statements',
      help: 'Prepared statements of the server: open, of all its clients, and its limit (max_prepared_stmt_count).',
      labelNames: ['state'],
      registers: [registry],
    });
    registry.readAtScrape([prepared], async () => {
      for (const [state, count] of Object.entries((await health.preparedStatements()) ?? {}))
        prepared.set({ state }, count);
    });
  }
}
