import { MetricsRegistry } from '@portillon/kernel';
import { describeOnMariadb, ThrowAwayMariadb } from '@portillon/testing';
import { DataSource, In, Not } from 'typeorm';
import { openDataSource } from '../data-source';
import { DatabaseHealthRepository } from '../database/database-health.repository';
import { PreparedStatementFindings } from '../findings/database.findings';
import { DatabaseMetrics } from '../database/database.metrics';
import { MigratorService } from '../migrator.service';
import { preparedSelect } from '../entity.repository';
import { COUNTER, CounterEntity } from '../testing/counter';

/** `deploy/kubernetes`: twelve pods and a worker, of ten connections each, and one more of both while they are replaced. */
const CONNECTIONS = (12 + 1 + 1 + 1) * 10;
const DEFAULT_LIMIT = 16_382;

describeOnMariadb('the prepared statements of a connection', () => {
  let server: ThrowAwayMariadb;
  let dataSource: DataSource;

  beforeAll(async () => {
    server = await ThrowAwayMariadb.start();
  }, 30_000);
  afterAll(() => server.stop());

  beforeEach(async () => {
    const url = await server.createDatabase('prepared');
    dataSource = await openDataSource({ url, parts: [COUNTER], poolSize: 1 });
    await new MigratorService(dataSource).migrate();
    await dataSource.getRepository(CounterEntity).insert(ids(40).map((id, hits) => ({ id, hits })));
    await dataSource.destroy();
    dataSource = await openDataSource({ url, parts: [COUNTER], poolSize: 1 });
  });
  afterEach(async () => {
    await server.query(`SET GLOBAL max_prepared_stmt_count = ${DEFAULT_LIMIT}`);
    await dataSource.destroy();
    await server.dropDatabase('prepared');
  });

  const rows = () => dataSource.getRepository(CounterEntity);
  const open = async () => {
    const [row] = (await server.query("SHOW GLOBAL STATUS LIKE 'Prepared_stmt_count'")) as {
      Value: string;
    }[];
    return Number(row!.Value);
  };

  it('are one for each power of two of the length of a list, which finds what it found', async () => {
    for (let length = 1; length <= 40; length++) {
      const found = await rows().findBy({ hits: Not(1_000), id: In(ids(length)) });
      expect(found.map(({ id }) => id).sort()).toEqual(ids(length).sort());
    }
    // 1, 2, 4, 8, 16, 32 and 64.
    expect(await open()).toBe(7);
  });

  it('are one for each power of two of the list of a read that is built once', async () => {
    const read = preparedSelect(rows().createQueryBuilder('row').where('row.id IN (:...ids)'));
    for (let length = 1; length <= 40; length++)
      expect(await read({ ids: ids(length) }, dataSource.manager)).toHaveLength(length);
    expect(await open()).toBe(7);
  });

  it('keep the values before, between and after the lists where they belong', async () => {
    const [a, b, c, d, e] = ids(5) as [string, string, string, string, string];
    const query = rows()
      .createQueryBuilder('counter')
      .where('counter.hits < :most AND counter.id IN (:...some)', { most: 4, some: [a, b, c, d, e] })
      .andWhere("counter.id NOT IN (:...others) AND counter.id <> '?'", { others: [a, b, c] })
      .andWhere('counter.hits >= :least', { least: 3 });
    expect((await query.getMany()).map(({ id }) => id)).toEqual([d]);
    const changed = await rows().update({ id: In([a, b, c]), hits: In([1, 2, 7, 8, 9]) }, { hits: 70 });
    expect(changed.affected).toBe(2);
  });

  it('fit into the default of the server, of all the connections that deploy/kubernetes makes', async () => {
    for (let one = 0; one < 300; one++) await dataSource.query(`SELECT ${one} AS one, ? AS two`, [one]);
    expect((await open()) * CONNECTIONS).toBeLessThan(DEFAULT_LIMIT);
  });

  it('over the limit of the server make the service busy and not ready, and both pass with it', async () => {
    const health = new DatabaseHealthRepository(dataSource);
    const findings = new PreparedStatementFindings(health);
    await rows().findBy({ id: 'a' });
    expect(await health.preparedStatements()).toEqual({ open: 1, limit: DEFAULT_LIMIT });
    expect(await findings.find()).toMatchObject({ state: 'well' });

    await server.query('SET GLOBAL max_prepared_stmt_count = 1');
    await expect(rows().findBy({ hits: 1 })).rejects.toMatchObject({
      code: 'service.busy',
      retryAfterSeconds: 5,
    });
    expect(await findings.find()).toMatchObject({
      state: 'failing',
      advice: expect.stringContaining('max_prepared_stmt_count'),
    });

    await server.query('SET GLOBAL max_prepared_stmt_count = 2');
    await rows().findBy({ hits: 1 });
    await server.query(`SET GLOBAL max_prepared_stmt_count = 3`);
    expect((await findings.find()).state).not.toBe('failing');
  });

  it('are a metric, with their limit', async () => {
    const registry = new MetricsRegistry();
    new DatabaseMetrics(registry, dataSource, new DatabaseHealthRepository(dataSource));
    await rows().findBy({ id: 'a' });
    const lines = (await registry.metrics()).split('\n');
    expect(lines).toContain('portillon_database_prepared_statements{state="open"} 1');
    expect(lines).toContain(`portillon_database_prepared_statements{state="limit"} ${DEFAULT_LIMIT}`);
  });
});

function ids(length: number): string[] {
  return Array.from({ length }, (_, one) => `id-${one}`);
}
