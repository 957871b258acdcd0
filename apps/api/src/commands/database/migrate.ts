import { MigratorService } from '@portillon/persistence';
import { withContext } from '../context';
import { refuseOtherCollation, refuseOtherTables } from './tables';

export async function migrate(): Promise<void> {
  await withContext(async (app) => {
    await refuseOtherCollation(app);
    const names = await app.get(MigratorService).migrate();
    for (const name of names) console.log(`ran ${name}`);
    await refuseOtherTables(app);
    console.log(names.length === 0 ? 'The database is up to date.' : `${names.length} migration(s) ran.`);
  });
}
