import type { DatabaseHealthService } from '@portillon/persistence';
import { examinePreparedStatements } from './prepared-statements.examination';

function examined(found: { open: number; limit: number } | undefined) {
  return examinePreparedStatements({
    preparedStatements: async () => found,
  } as unknown as DatabaseHealthService);
}

describe('the prepared statements of the database, to the doctor,', () => {
  it('are well, with the connections that the limit is enough for', async () => {
    const [finding] = await examined({ open: 812, limit: 16_382 });
    expect(finding).toEqual({
      name: 'prepared',
      well: true,
      text: '812 of 16382 statements, enough for 163 connections',
    });
  });

  it('are a warning from 80 % on, which names the setting of the server', async () => {
    const [finding] = await examined({ open: 13_106, limit: 16_382 });
    expect(finding).toMatchObject({
      isWarning: true,
      advice: expect.stringContaining('max_prepared_stmt_count'),
    });
  });

  it('are not mentioned on the embedded engine', async () => {
    expect(await examined(undefined)).toEqual([]);
  });
});
