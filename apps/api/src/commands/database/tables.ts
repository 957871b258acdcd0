import type { INestApplicationContext } from '@nestjs/common';
import { faultsText, MigratorService, SchemaService } from '@portillon/persistence';
import type { Settings } from '../../settings/settings';
import { withContext } from '../context';
import { CommandRefusal } from '../refusal';

/** @throws CommandRefusal when the tables are not those of this version. */
export async function refuseOldTables(app: INestApplicationContext): Promise<void> {
  await refuseOtherCollation(app);
  if (await app.get(MigratorService).pending())
    throw new CommandRefusal('The database is behind this version: run "portillon migrate"');
  await refuseOtherTables(app);
}

/** @throws CommandRefusal when tables that are created now would compare texts in another way. */
export async function refuseOtherCollation(app: INestApplicationContext): Promise<void> {
  const fault = await app.get(SchemaService).collationFault();
  if (fault) throw new CommandRefusal(`The database does not fit: ${fault}`);
}

/** @throws CommandRefusal when every migration ran, but the tables still differ from their result. */
export async function refuseOtherTables(app: INestApplicationContext): Promise<void> {
  const faults = await app.get(SchemaService).faults();
  if (faults.length > 0) throw new CommandRefusal(`The database does not fit: ${faultsText(faults)}`);
}

/** Runs `work` as `withContext` does, on tables of this version. @throws CommandRefusal when they are behind it. */
export async function withTables<Result>(
  work: (app: INestApplicationContext, settings: Settings) => Promise<Result>,
): Promise<Result> {
  return withContext(async (app, settings) => {
    await refuseOldTables(app);
    return work(app, settings);
  });
}
