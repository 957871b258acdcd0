import { SettableClock, describeOnMariadb, ThrowAwayMariadb } from '@portillon/testing';
import type { DataSource } from 'typeorm';
import { openDataSource } from '../data-source';
import { DatabaseFindings } from '../findings/database.findings';
import { MigratorService } from '../migrator.service';
import { DatabaseHealthRepository } from './database-health.repository';
import { WriteProbe } from './write-probe.service';
import { WriterNode, WriterNodeEntity, writerNodePersistence } from './writer-node.service';

// The statements are those of a node of a cluster; `npm run proofs -- galera` runs three real ones.
describeOnMariadb('the one node of a cluster that is used', () => {
  const clock = new SettableClock();
  let server: ThrowAwayMariadb;
  let dataSource: DataSource;
  let writer: WriterNode;
  let here: string;
  let beside: DataSource;
  let milliseconds = 0;

  const rows = () => beside.getRepository(WriterNodeEntity);
  const others = (beat: number) => rows().update({ id: 1 }, { node: 'db2:3306', beat });
  const used = () => dataSource.query('SELECT 1 AS one');

  beforeAll(async () => {
    server = await ThrowAwayMariadb.start();
    const url = await server.createDatabase('portillon');
    const open = () => openDataSource({ url, parts: [writerNodePersistence] });
    [dataSource, beside] = await Promise.all([open(), open()]);
    await new MigratorService(beside).migrate();
    here = await new DatabaseHealthRepository(beside).node();
  }, 30_000);

  beforeEach(async () => {
    await rows().clear();
    milliseconds = 0;
    jest.spyOn(performance, 'now').mockImplementation(() => milliseconds);
    const database = new DatabaseHealthRepository(dataSource);
    jest.spyOn(database, 'durability').mockResolvedValue({ hasSeveralWriters: true } as never);
    writer = new WriterNode(dataSource, database);
    await writer.beat();
  });
  afterEach(() => {
    jest.restoreAllMocks();
    writer.onApplicationShutdown();
  });
  afterAll(async () => {
    await Promise.all([dataSource.destroy(), beside.destroy()]);
    await server.stop();
  });

  it('is the one that the first process reaches, which renews its use', async () => {
    expect(await writer.beat()).toBe(true);
    expect(await rows().find()).toEqual([{ id: 1, node: here, beat: 1 }]);
    expect(await used()).toEqual([{ one: 1 }]);
  });

  it('refuses its connections to a process that reaches another one, and names both', async () => {
    await others(7);
    expect(await writer.beat()).toBe(false);
    await expect(used()).rejects.toMatchObject({ code: 'service.busy' });
    const database = new DatabaseHealthRepository(dataSource);
    const finding = await new DatabaseFindings(database, new WriteProbe(dataSource, clock), clock).find();
    expect(finding).toMatchObject({ state: 'failing' });
    expect(finding.advice).toContain(`it reaches ${here}, and the other processes use db2:3306`);
  });

  it('is not replaced while it is used, for however long', async () => {
    for (let beat = 1; beat <= 10; beat++) {
      await others(beat);
      milliseconds += 2_999;
      expect(await writer.beat()).toBe(false);
    }
    expect(await rows().find()).toEqual([{ id: 1, node: 'db2:3306', beat: 10 }]);
  });

  it('is not used by a process that could not renew its use, so that no other takes over meanwhile', async () => {
    milliseconds += 2_001;
    await expect(used()).rejects.toMatchObject({ code: 'service.busy' });
    expect(await writer.beat()).toBe(true);
    expect(await used()).toEqual([{ one: 1 }]);
  });

  it('is replaced three seconds after its last use', async () => {
    await others(7);
    await writer.beat();
    milliseconds += 3_000;
    expect(await writer.beat()).toBe(true);
    expect(await rows().find()).toEqual([{ id: 1, node: here, beat: 8 }]);
    expect(await used()).toEqual([{ one: 1 }]);
  });

  it('lets a process in again whose proxy reaches it', async () => {
    await others(7);
    await writer.beat();
    await rows().update({ id: 1 }, { node: here });
    expect(await writer.beat()).toBe(true);
    expect(await used()).toEqual([{ one: 1 }]);
  });

  it('is not looked for before the migration, or on a server with one writer', async () => {
    await beside.query('RENAME TABLE writerNode TO elsewhere');
    expect(await writer.beat()).toBe(true);
    await beside.query('RENAME TABLE elsewhere TO writerNode');
    const alone = new WriterNode(dataSource, new DatabaseHealthRepository(dataSource));
    await others(7);
    expect(await alone.beat()).toBe(true);
  });
});
