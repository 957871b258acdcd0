import type { INestApplicationContext } from '@nestjs/common';
import { MigratorService } from '@portillon/persistence';
import { Refusal } from './refusal';

/** @throws Refusal when the tables are not those of this version. */
export async function refuseOldTables(app: INestApplicationContext): Promise<void> {
  if (await app.get(MigratorService).pending())
    throw new Refusal('The database is behind this version: run "portillon migrate"');
}
