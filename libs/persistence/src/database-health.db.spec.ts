import type { Clock } from '@portillon/kernel';
import {
  describeOnEveryEngine,
  describeOnMariadb,
  numbersTo,
  SettableClock,
  ThrowAwayMariadb,
} from '@portillon/testing';
import { createConnection } from 'mysql2/promise';
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import type { DataSource } from 'typeorm';
import { openDataSource } from './data-source';
import { DatabaseHealthRepository } from './database/database-health.repository';
import { WriteProbeEntity, writeProbePersistence, WriteProbe } from './database/write-probe.service';
import { DatabaseFindings } from './findings/database.findings';
import { MigratorService } from './migrator.service';
import { COUNTER, CounterEntity } from './testing/counter';
import { Transactions } from './transactions.service';

const findingsOn = (dataSource: DataSource, clock: Clock) =>
  new DatabaseFindings(new DatabaseHealthRepository(dataSource), new WriteProbe(dataSource, clock), clock);

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
    const health = findingsOn(dataSource, new SettableClock());
    const transactions = new Transactions(dataSource);
    const write = () =>
      transactions.run((tx) => tx.getRepository(CounterEntity).insert({ id: 'a', hits: 0 }));
    expect(await health.find()).toMatchObject({ state: 'well' });

    await admin.query('SET GLOBAL read_only = 1');
    await expect(write()).rejects.toMatchObject({ code: 'service.busy', retryAfterSeconds: 5 });
    expect(await health.find()).toMatchObject({ state: 'failing' });

    await admin.query('SET GLOBAL read_only = 0');
    await write();
    expect(await health.find()).toMatchObject({ state: 'well' });
    await dataSource.destroy();
  }, 30_000);
});

describeOnMariadb('the settings of a server', () => {
  it('are read as what they promise of a commit', async () => {
    const server = await ThrowAwayMariadb.start({ durable: true });
    const dataSource = await openDataSource({ url: await server.createDatabase('portillon'), parts: [] });
    const durability = () => new DatabaseHealthRepository(dataSource).durability();
    const lasting = {
      flushesEachCommit: true,
      syncsBinaryLog: true,
      hasSeveralWriters: false,
      readsOldPrimary: false,
    };
    expect(await durability()).toEqual(lasting);
    await dataSource.query('SET GLOBAL innodb_flush_log_at_trx_commit = 2');
    expect(await durability()).toEqual({ ...lasting, flushesEachCommit: false });
    await dataSource.destroy();
    await server.stop();
  }, 30_000);
});

describeOnMariadb('a database with TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portillon-database-certificate-'));
  const [cert, key] = [join(folder, 'cert'), join(folder, 'key')];
  let server: ThrowAwayMariadb;

  beforeAll(async () => {
    const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '3', '-subj', '/CN=database'];
    execFileSync('openssl', [...args, '-keyout', key, '-out', cert], { stdio: 'pipe' });
    server = await ThrowAwayMariadb.start({ args: [`--ssl-cert=${cert}`, `--ssl-key=${key}`] });
    await server.createDatabase('portillon');
  }, 30_000);
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  it.each(['required', 'off'] as const)('shows the end of its certificate where TLS is %s', async (mode) => {
    const dataSource = await openDataSource({ url: server.url('portillon'), parts: [], tls: { mode } });
    const findings = findingsOn(dataSource, new SettableClock());
    const validTo = new Date(new X509Certificate(readFileSync(cert)).validTo);
    const presented = { setting: 'DATABASE_URL', subject: `127.0.0.1:${server.port}`, validTo };
    expect(await findings.certificates()).toEqual(mode === 'off' ? [] : [presented]);
    await dataSource.destroy();
  });
});

describeOnMariadb('a database whose writes hang, as with the binary log and a full disk,', () => {
  let server: ThrowAwayMariadb;
  let admin: Awaited<ReturnType<typeof createConnection>>;

  beforeAll(async () => {
    server = await ThrowAwayMariadb.start();
    admin = await createConnection({ host: '127.0.0.1', port: server.port, user: 'root' });
  }, 30_000);
  afterAll(async () => {
    await admin.end();
    await server.stop();
  });

  const connections = async () => {
    const [rows] = await admin.query('SHOW PROCESSLIST');
    return (rows as { db: string | null }[]).filter(({ db }) => db === 'hanging').length;
  };

  it('is failing after two seconds, on one connection beside the pool, and well once they end', async () => {
    const url = await server.createDatabase('hanging');
    const dataSource = await openDataSource({ url, parts: [writeProbePersistence], poolSize: 1 });
    await new MigratorService(dataSource).migrate();
    const clock = new SettableClock();
    const probe = new WriteProbe(dataSource, clock);
    const answering = { isReadOnly: async () => false, fullRefusals: () => 0 } as DatabaseHealthRepository;
    const health = new DatabaseFindings(answering, probe, clock);
    const rows = () => dataSource.getRepository(WriteProbeEntity).find();
    expect(await health.find()).toMatchObject({ state: 'well' });
    expect(await rows()).toEqual([{ id: 1, writtenAt: clock.now() }]);

    await admin.query('FLUSH TABLES WITH READ LOCK');
    expect(await health.find()).toMatchObject({ state: 'well' });
    clock.advance(5_000);
    for (let time = 0; time < 3; time++) {
      const timers = jest.useFakeTimers({
        doNotFake: ['Date', 'nextTick', 'queueMicrotask', 'setImmediate'],
      });
      const found = health.find();
      await timers.advanceTimersByTimeAsync(2_000);
      timers.useRealTimers();
      expect(await found).toMatchObject({ state: 'failing', advice: expect.stringContaining('disk full') });
    }
    // The pool's, which serves meanwhile, and the probe's.
    expect(await connections()).toBe(2);
    expect(await rows()).toHaveLength(1);

    await admin.query('UNLOCK TABLES');
    expect(await health.find()).toMatchObject({ state: 'well' });
    expect(await rows()).toEqual([{ id: 1, writtenAt: clock.now() }]);

    await server.kill();
    await server.restart();
    clock.advance(5_000);
    expect(await health.find()).toMatchObject({ state: 'well' });
    probe.onApplicationShutdown();
    await dataSource.destroy();
  }, 60_000);
});

describeOnMariadb('a database whose disk is full', () => {
  let server: ThrowAwayMariadb;

  beforeAll(async () => {
    const args = ['--innodb-file-per-table=0', '--innodb-data-file-path=ibdata1:10M:autoextend:max:14M'];
    server = await ThrowAwayMariadb.start({ args });
  }, 30_000);
  afterAll(() => server.stop());

  it('is busy and not ready while statements meet it, and ready a minute after the last', async () => {
    const dataSource = await openDataSource({ url: await server.createDatabase('full'), parts: [COUNTER] });
    await new MigratorService(dataSource).migrate();
    const clock = new SettableClock();
    const health = findingsOn(dataSource, clock);
    await dataSource.query('CREATE TABLE big (filling longtext NOT NULL)');
    const fill = () => dataSource.query('INSERT INTO big VALUES (?)', ['x'.repeat(2_000_000)]);
    expect(await health.find()).toMatchObject({ state: 'well' });

    const results = await Promise.allSettled(Array.from({ length: 8 }, fill));
    const refused = results.flatMap((one) => (one.status === 'rejected' ? [one.reason as Error] : []));
    expect(refused[0]).toMatchObject({ code: 'service.busy', retryAfterSeconds: 5 });
    expect(await health.find()).toMatchObject({ state: 'failing' });

    clock.advance(61_000);
    expect(await health.find()).toMatchObject({ state: 'well' });
    await dataSource.destroy();
  }, 30_000);
});

describeOnEveryEngine('a statement that fails', [COUNTER], (testDatabase, engine) => {
  if (engine === 'MariaDB') {
    const isMariadb = async () => {
      const [row] = await testDatabase.dataSource.query<{ version: string }[]>('SELECT VERSION() AS version');
      return /mariadb/i.test(row!.version);
    };

    it('is ended by the server after 3.5 s: MariaDB ends every statement, MySQL those that read', async () => {
      const limit = (await isMariadb()) ? '@@max_statement_time * 1000' : '@@max_execution_time';
      const [row] = await testDatabase.dataSource.query<{ ms: number }[]>(`SELECT ${limit} AS ms`);
      expect(Number(row!.ms)).toBe(3_500);
    });

    it('because the server ended it for its time makes the service busy, not broken', async () => {
      // MySQL ends SLEEP() early without an error.
      const pairs = `${numbersTo(10_000)}, (SELECT seq AS other FROM ${numbersTo(10_000)}) AS others`;
      const work = `COUNT(*), ? AS name FROM ${pairs}`;
      const slow = (await isMariadb())
        ? `SET STATEMENT max_statement_time = 0.001 FOR SELECT ${work}`
        : `SELECT /*+ MAX_EXECUTION_TIME(1) */ ${work}`;
      await expect(testDatabase.dataSource.query(slow, ['claire.martin'])).rejects.toMatchObject({
        code: 'service.busy',
        retryAfterSeconds: 5,
      });
    });

    it('because its connection was killed makes the service busy, and the next one has another', async () => {
      const killed = testDatabase.transactions.run(async (tx) => {
        const [row] = await tx.query<{ id: number }[]>('SELECT CONNECTION_ID() AS id');
        await testDatabase.dataSource.query(`KILL ${row!.id}`);
        await tx.getRepository(CounterEntity).count();
      });
      await expect(killed).rejects.toMatchObject({ code: 'service.busy' });
      expect(await testDatabase.dataSource.getRepository(CounterEntity).count()).toBe(0);
    });
  }

  it.each([
    [
      'is missing',
      'SELECT * FROM coupon WHERE id = ?',
      /: there is no table coupon\. Await MigratorService\.migrate\(\)/,
    ],
    ['has other columns', 'INSERT INTO counter (name) VALUES (?)', / on table counter$/],
    [
      'is of the application',
      'CREATE TABLE counter (id int)',
      /: there is a table counter already, .+ \(prefixed of .+ separate database/,
    ],
  ])('names its table, which %s, and what to do', async (_, sql, message) => {
    const values = sql.includes('?') ? ['claire.martin'] : [];
    const failed = await testDatabase.dataSource.query(sql, values).catch((error: unknown) => error);
    expect(failed).toMatchObject({ message: expect.stringMatching(/^(ER|SQLITE)_\w+/) });
    expect((failed as Error).message).toMatch(message);
  });

  it('is reported with its text and never with its values, which are names and addresses', async () => {
    const rows = testDatabase.dataSource.getRepository(CounterEntity);
    await rows.insert({ id: 'claire@hopital.example', hits: 0 });
    const doubled = await rows
      .insert({ id: 'claire@hopital.example', hits: 0 })
      .catch((error: unknown) => error);
    expect(inspect(doubled, { depth: 9, showHidden: true })).not.toContain('claire@');
    expect(doubled).toMatchObject({ query: expect.stringMatching(/^INSERT INTO .counter/) });
  });
});
