import { MigratorService } from '@portillon/persistence';
import { withContext } from './context';

export async function migrate(): Promise<void> {
  const names = await withContext((app) => app.get(MigratorService).migrate());
  for (const name of names) console.log(`ran ${name}`);
  console.log(names.length === 0 ? 'The database is up to date.' : `${names.length} migration(s) ran.`);
}
