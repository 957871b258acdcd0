import { ShutdownSignal } from '@nestjs/common';
import { readCertificatesAgain } from '../read-certificates-again';
import { announceKeys } from '../keys/announce-keys';
import { instanceName } from '@portillon/http';
import { loadServerSettings } from '../settings/load-settings';
import { reportToSystemd } from '../systemd/report-to-systemd';
import { openContext } from './context';
import { logWarnings } from './log-warnings';
import { openOperations } from './operations';
import { refuseOldTables } from './database/tables';

/** Runs the libraries' jobs until the process is stopped. */
export async function work(): Promise<void> {
  const settings = loadServerSettings();
  const app = await openContext(settings, 'worker', { jobs: true });
  // Not SIGHUP, which has it read its certificates again.
  app.enableShutdownHooks([ShutdownSignal.SIGTERM, ShutdownSignal.SIGINT]);
  logWarnings(settings);
  await refuseOldTables(app);
  await announceKeys(app, instanceName('worker'));
  await openOperations(app, settings);
  readCertificatesAgain(app, settings);
  reportToSystemd(settings);
  console.log(
    'The worker runs: it sends what waits and purges what has been kept long enough. Stop it with Ctrl-C.',
  );
}
