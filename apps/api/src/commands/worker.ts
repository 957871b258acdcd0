import { Housekeeping } from '../housekeeping';
import { loadSettings } from '../settings/load-settings';
import { openContext } from './context';
import { openOperations } from './operations';

/** Works until the process is told to stop. */
export async function work(): Promise<void> {
  const settings = loadSettings();
  const app = await openContext(settings, 'worker');
  app.enableShutdownHooks();
  await openOperations(app, settings);
  app.get(Housekeeping).start();
  console.log(
    'The worker runs: it sends what waits and purges what has been kept long enough. Stop it with Ctrl-C.',
  );
  // Its timers alone would let the process end.
  setInterval(() => undefined, 60_000);
}
