import { addMilliseconds } from '@portillon/kernel';
import { SettableClock } from '@portillon/testing';
import type { DatabaseHealthRepository, Durability } from '../database/database-health.repository';
import {
  ClockFindings,
  DurabilityFindings,
  PreparedStatementFindings,
  olderThanTested,
} from './database.findings';

describe('the clock of this process, beside that of the database,', () => {
  const clock = new SettableClock();
  const found = (theirs: Date | undefined) =>
    new ClockFindings(clock, { time: async () => theirs } as unknown as DatabaseHealthRepository).find();

  it.each([
    ['is well within a second', 1_000, 'well'],
    ['is warned of when it is more ahead', 1_001, 'warning'],
    ['is warned of when it is five seconds ahead', 5_000, 'warning'],
    ['cannot be used when it is more ahead', 5_001, 'failing'],
    ['cannot be used when it is as much behind', -5_001, 'failing'],
  ])('%s', async (_, aheadMs, state) => {
    expect(await found(addMilliseconds(clock.now(), -aheadMs))).toMatchObject({ state, values: { aheadMs } });
  });

  it('is the only one on the embedded engine', async () => {
    expect(await found(undefined)).toMatchObject({ state: 'off', values: { aheadMs: null } });
  });
});

function found(statements: { open: number; limit: number } | undefined) {
  const database = { preparedStatements: async () => statements } as unknown as DatabaseHealthRepository;
  return new PreparedStatementFindings(database).find();
}

describe('the prepared statements of the database', () => {
  it('are well, with the connections that the limit is enough for', async () => {
    expect(await found({ open: 812, limit: 16_382 })).toEqual({
      state: 'well',
      text: '812 of 16382 statements, enough for 163 connections',
    });
  });

  it('are remarked on from 80 % on, which names the setting of the server', async () => {
    expect(await found({ open: 13_106, limit: 16_382 })).toMatchObject({
      state: 'remark',
      advice: expect.stringContaining('max_prepared_stmt_count'),
    });
  });

  it('fail at the limit of the server', async () => {
    expect(await found({ open: 16_382, limit: 16_382 })).toMatchObject({ state: 'failing' });
  });

  it('are no matter on the embedded engine', async () => {
    expect(await found(undefined)).toMatchObject({ state: 'well' });
  });
});

describe('what the database acknowledges', () => {
  const lasting: Durability = {
    flushesEachCommit: true,
    syncsBinaryLog: true,
    hasSeveralWriters: false,
    readsOldPrimary: false,
  };
  const galera = { ...lasting, hasSeveralWriters: true, nodes: 3, hasQuorum: true };
  const found = (durability: Durability | undefined) => {
    const database = { durability: async () => durability, node: async () => 'db1:3306' };
    return new DurabilityFindings(database as unknown as DatabaseHealthRepository);
  };

  it.each([
    ['of one server', lasting, 'each acknowledged commit is on the disk'],
    ['of the embedded engine', undefined, 'each acknowledged commit is on the disk'],
    ['of a cluster', galera, 'each acknowledged commit is on the disk; of 3 nodes, db1:3306 is used'],
  ])('lasts: %s', async (_, durability, text) => {
    expect(await found(durability).find()).toMatchObject({ state: 'well', text, values: { risks: [] } });
  });

  it.each([
    ['flush', 'failing', { ...lasting, flushesEachCommit: false }, 'innodb_flush_log_at_trx_commit = 1'],
    ['binary-log', 'failing', { ...lasting, syncsBinaryLog: false }, 'sync_binlog = 1'],
    ['old-primary', 'failing', { ...lasting, readsOldPrimary: true }, 'group_replication_consistency ='],
    ['quorum', 'failing', { ...galera, hasQuorum: false }, 'runbook.md'],
    ['few-nodes', 'warning', { ...galera, nodes: 2 }, 'garbd'],
  ])('may be lost: %s', async (risk, state, durability, advice) => {
    const values = { risks: [risk] };
    expect(await found(durability).find()).toMatchObject({
      state,
      values,
      advice: expect.stringContaining(advice),
    });
  });

  it('has a line for each risk in "portillon doctor"', async () => {
    const lost = { ...galera, flushesEachCommit: false, nodes: 1, hasQuorum: false };
    expect((await found(lost).check()).map(({ state }) => state)).toEqual(['failing', 'failing', 'warning']);
  });
});

describe('the versions around the server', () => {
  it.each([
    [undefined, ''],
    ['10.11.19-MariaDB-0+deb12u1', 'NAME="Debian GNU/Linux"\nID=debian\nVERSION_ID="12"\n'],
    ['11.8.3-MariaDB', 'ID=debian\nVERSION_ID="13"\n'],
    ['8.4.6', 'ID=ubuntu\nVERSION_ID="10.04"\n'],
    ['9.7.4-2', ''],
  ])('are not worth a line where the tests run on them: %s', (version, osRelease) => {
    expect(olderThanTested(version, osRelease)).toEqual([]);
  });

  it.each([
    ['10.6.22-MariaDB', '', 'MariaDB 10.6.22-MariaDB is older than 10.11, the oldest tested'],
    ['8.0.43', '', 'MySQL 8.0.43 is older than 8.4, the oldest tested'],
    [undefined, 'ID=debian\nVERSION_ID="11"\n', 'Debian 11 is older than 12, the oldest tested'],
  ])('are remarked on where they are older: %s', (version, osRelease, text) => {
    expect(olderThanTested(version, osRelease)).toEqual([{ state: 'remark', text, advice: 'upgrade it' }]);
  });
});
