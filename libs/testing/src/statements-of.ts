import type { DataSource, QueryRunner } from 'typeorm';

/** Returns the statements that `act` sends to the database, in order. */
export async function statementsOf(dataSource: DataSource, act: () => Promise<unknown>): Promise<string[]> {
  const runners = Object.getPrototypeOf(dataSource.createQueryRunner()) as QueryRunner;
  const query = jest.spyOn(runners, 'query');
  try {
    await act();
    return query.mock.calls.map(([text]) => text);
  } finally {
    query.mockRestore();
  }
}
