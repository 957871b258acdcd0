import type { INestApplicationContext } from '@nestjs/common';
import { MigratorService } from '@portillon/persistence';
import { withContext } from './context';
import { Refusal } from './refusal';

/** @throws Refusal when the tables are not those of this version. */
export async function refuseOldTables(app: INestApplicationContext): Promise<void> {
  if (await app.get(MigratorService).pending())
    throw new Refusal('The database is behind this version: run "portillon migrate"');
}

/** Runs `work` as `withContext` does, on tables of this version. @throws Refusal when they are behind it. */
export async function withTables<Result>(
  work: (app: INestApplicationContext) => Promise<Result>,
): Promise<Result> {
  return withContext(async (app) => {
    await refuseOldTables(app);
    return work(app);
  });
}
