import { addMilliseconds } from '@portillon/kernel';
import { SettableClock } from '@portillon/testing';
import type { DatabaseHealthRepository } from '../database/database-health.repository';
import { ClockFindings, PreparedStatementFindings, olderThanTested } from './database.findings';

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
