import type { DatabaseHealthRepository } from '../database/database-health.repository';
import { PreparedStatementFindings } from './prepared-statement.findings';

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
