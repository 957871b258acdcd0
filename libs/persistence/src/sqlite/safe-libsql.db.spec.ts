import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SafeLibsql } from './safe-libsql.adapter';

interface Runnable {
  run(...params: unknown[]): unknown;
}

describe('the embedded engine shared by two processes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portillon-embedded-'));
  const connect = () => {
    const connection = new SafeLibsql(join(folder, 'shared.db'));
    connection.pragma('journal_mode = WAL');
    connection.pragma('busy_timeout = 1');
    return connection;
  };
  let one: SafeLibsql;
  let other: SafeLibsql;
  const run = (connection: SafeLibsql, sql: string, ...params: unknown[]) =>
    (connection.prepare(sql) as Runnable).run(...params);

  beforeAll(async () => {
    await SafeLibsql.load();
    [one, other] = [connect(), connect()];
    one.exec('CREATE TABLE counter (id integer PRIMARY KEY, hits integer)');
  });
  beforeEach(() => run(one, 'DELETE FROM counter'));

  afterAll(() => {
    one.close();
    other.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    'INSERT INTO counter (hits) VALUES (0)',
    'UPDATE counter SET hits = 1',
    'BEGIN IMMEDIATE TRANSACTION',
  ])('commits again after it found the file busy for %s', (sql) => {
    run(other, 'BEGIN IMMEDIATE');
    expect(() => run(one, sql)).toThrow(expect.objectContaining({ code: 'SQLITE_BUSY' }));
    run(other, 'COMMIT');
    run(one, 'BEGIN IMMEDIATE');
    run(one, 'INSERT INTO counter (hits) VALUES (?)', 7);
    run(one, 'COMMIT');
    expect(rowsOf(other)).toEqual([{ id: 1, hits: 7 }]);
  });

  it('leaves no transaction open after a lone statement that failed', () => {
    const insert = 'INSERT INTO counter (id, hits) VALUES (?, ?)';
    run(one, insert, 1, 1);
    expect(() => run(one, insert, 1, 2)).toThrow(
      expect.objectContaining({ code: 'SQLITE_CONSTRAINT_PRIMARYKEY' }),
    );
    run(other, insert, 2, 2);
    expect(rowsOf(one)).toHaveLength(2);
  });
});

function rowsOf(connection: SafeLibsql): unknown[] {
  return (connection.prepare('SELECT id, hits FROM counter') as { all(): unknown[] }).all();
}
