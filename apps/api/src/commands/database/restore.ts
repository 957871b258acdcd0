import { KeyAnnouncementService, RestoreService } from '@portillon/persistence';
import { PERSISTENCE_PARTS } from '../../persistence-parts';
import { recordAct } from '../record-act';
import { CommandRefusal } from '../refusal';
import { withTables } from './tables';

/** Ends all that a restored backup has revived, before the first instance serves. */
export async function cleanRestored(): Promise<void> {
  await withTables(async (app) => {
    const running = await app.get(KeyAnnouncementService).running();
    if (running.length > 0) throw new CommandRefusal(runningText(running.map(({ name }) => name)));
    const tables = await app.get(RestoreService).clean(PERSISTENCE_PARTS);
    await recordAct(app, { name: 'backup_restored' });
    console.log(`Emptied: ${tables.join(', ')}.`);
    console.log(
      'People sign in again with a code. Next: "portillon audit verify --head", then start the instances.',
    );
  });
}

function runningText(names: string[]): string {
  return `Stop every instance and worker first, or wait 90 seconds after one was killed: ${names.join(', ')}`;
}
