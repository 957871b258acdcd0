import type { INestApplicationContext } from '@nestjs/common';
import { MigratorService, SchemaService } from '@portillon/persistence';
import type { Settings } from '../../settings/settings';
import { withContext } from '../context';
import { Refusal } from '../refusal';

const MOST_FAULTS = 5;

/** @throws Refusal when the tables are not those of this version. */
export async function refuseOldTables(app: INestApplicationContext): Promise<void> {
  if (await app.get(MigratorService).pending())
    throw new Refusal('The database is behind this version: run "portillon migrate"');
  await refuseOtherTables(app);
}

/** @throws Refusal when every migration ran, and the tables are not what they make all the same. */
export async function refuseOtherTables(app: INestApplicationContext): Promise<void> {
  const faults = await app.get(SchemaService).faults();
  if (faults.length > 0) throw new Refusal(`The database does not fit: ${faultsText(faults)}`);
}

/** A build that was no release may have run other migrations of the same names. */
export function faultsText(faults: string[]): string {
  const first = faults.slice(0, MOST_FAULTS).join('; ');
  const more = faults.length > MOST_FAULTS ? `; and ${faults.length - MOST_FAULTS} more` : '';
  return (
    `its migrations ran, but ${first}${more}. Its tables were changed by hand, or made by a build that was no release: ` +
    'put back what is named, or restore a backup of a release, then run "portillon migrate". ' +
    'A table may also be missing to the account alone: run what "portillon migrate --grants serve" prints'
  );
}

/** Runs `work` as `withContext` does, on tables of this version. @throws Refusal when they are behind it. */
export async function withTables<Result>(
  work: (app: INestApplicationContext, settings: Settings) => Promise<Result>,
): Promise<Result> {
  return withContext(async (app, settings) => {
    await refuseOldTables(app);
    return work(app, settings);
  });
}
