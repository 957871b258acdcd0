import { MetricsRegistry } from '@portillon/kernel';
import { describeOnEveryEngine } from '@portillon/testing';
import { DatabaseHealthRepository } from './database-health.repository';
import { DatabaseMetrics } from './database.metrics';
import { COUNTER } from '../testing/counter';

describeOnEveryEngine('the metrics of the database', [COUNTER], (testDatabase, engine) => {
  it('count the retries, and the connections by state', async () => {
    const registry = new MetricsRegistry();
    new DatabaseMetrics(
      registry,
      testDatabase.dataSource,
      new DatabaseHealthRepository(testDatabase.dataSource),
    );
    let runs = 0;
    const readInside = () =>
      testDatabase.transactions.run(async () => {
        if (++runs === 1) throw Object.assign(new Error('deadlock'), { code: 'ER_LOCK_DEADLOCK' });
        return registry.metrics();
      });
    const lines = (await readInside()).split('\n');
    expect(lines).toContain('portillon_database_retries_total 1');
    const states = lines.filter((line) => line.startsWith('portillon_database_pool_connections{'));
    // The transaction's connection, and the one that read the count of prepared statements.
    const ofServer = ['busy"} 1', 'idle"} 1', 'limit"} 20', 'waiting"} 0'];
    expect(states).toEqual(
      engine === 'embedded' ? [] : ofServer.map((end) => `portillon_database_pool_connections{state="${end}`),
    );
  });
});
