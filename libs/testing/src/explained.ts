import type { DataSource, QueryRunner } from 'typeorm';

/** Plan of MariaDB or MySQL for one table of a statement. */
export interface PlanStep {
  table: string;
  /** `ALL`: reads every row; `index`: reads a whole index. */
  type: string;
  key: string | null;
}

/** Returns the plan of each SELECT that `work` runs on `dataSource`, by `EXPLAIN`, for the tables of the schema. */
export async function explained(dataSource: DataSource, work: () => Promise<unknown>): Promise<PlanStep[][]> {
  const asked: [sql: string, values: unknown[]][] = [];
  const { createQueryRunner } = dataSource;
  dataSource.createQueryRunner = (mode) => noting(createQueryRunner.call(dataSource, mode), asked);
  await work().finally(() => Object.assign(dataSource, { createQueryRunner }));
  const plans: PlanStep[][] = [];
  for (const [sql, values] of asked) {
    const steps = await dataSource.query<(PlanStep | { table: null })[]>(
      `EXPLAIN FORMAT=TRADITIONAL ${sql}`,
      values,
    );
    plans.push(steps.filter((step): step is PlanStep => step.table !== null && !step.table.startsWith('<')));
  }
  return plans;
}

function noting(runner: QueryRunner, asked: [sql: string, values: unknown[]][]): QueryRunner {
  const query = runner.query.bind(runner) as (...args: unknown[]) => Promise<never>;
  runner.query = (sql: string, values: unknown[] = [], structured?: boolean) => {
    if (/^select/i.test(sql)) asked.push([sql, values]);
    return query(sql, values, structured);
  };
  return runner;
}

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
