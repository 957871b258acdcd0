import { describeOnMariadb, ThrowAwayMariadb } from '@portillon/testing';
import { createConnection } from 'mysql2/promise';
import { openDataSource } from './data-source';
import { DatabaseHealthRepository } from './database-health.repository';
import { DatabaseHealthService } from './database-health.service';
import { MigratorService } from './migrator.service';
import { COUNTER, CounterEntity } from './testing/counter';
import { Transactions } from './transactions.service';

describeOnMariadb('a primary that is made read-only, as in a failover,', () => {
  let server: ThrowAwayMariadb;
  let admin: Awaited<ReturnType<typeof createConnection>>;

  beforeAll(async () => {
    server = await ThrowAwayMariadb.start();
    admin = await createConnection({ host: '127.0.0.1', port: server.port, user: 'root' });
    await admin.query('CREATE DATABASE portillon COLLATE utf8mb4_bin');
    await admin.query("CREATE USER app@'127.0.0.1'");
    await admin.query("GRANT ALL ON portillon.* TO app@'127.0.0.1'");
  }, 30_000);

  afterAll(async () => {
    await admin.end();
    await server.stop();
  });

  it('is not ready and busy, never an error of ours, and serves again once it takes writes', async () => {
    const url = `mysql://app@127.0.0.1:${server.port}/portillon`;
    const dataSource = await openDataSource({ url, parts: [COUNTER] });
    await new MigratorService(dataSource).migrate();
    const health = new DatabaseHealthService(new DatabaseHealthRepository(dataSource));
    const transactions = new Transactions(dataSource);
    const write = () =>
      transactions.run((tx) => tx.getRepository(CounterEntity).insert({ id: 'a', hits: 0 }));
    await health.check();

    await admin.query('SET GLOBAL read_only = 1');
    await expect(write()).rejects.toMatchObject({ code: 'service.busy', retryAfterSeconds: 5 });
    await expect(health.check()).rejects.toMatchObject({ code: 'service.busy' });

    await admin.query('SET GLOBAL read_only = 0');
    await write();
    await health.check();
    await dataSource.destroy();
  }, 30_000);
});
