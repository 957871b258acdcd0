import type { Server } from 'node:http';
import type { INestApplicationContext } from '@nestjs/common';
import { CertificateReloadService } from '@portillon/operation';
import type { Settings } from './settings/settings';

/**
 * Runs at each SIGHUP. Without certificate files, SIGHUP ends the process, as when a terminal closes; `systemctl reload`
 * never does. `server`: the public server; a worker has none.
 */
export function readCertificatesAgain(
  app: INestApplicationContext,
  { systemd }: Settings,
  server?: Server,
): void {
  const certificates = app.get(CertificateReloadService);
  process.on('SIGHUP', () => {
    if (certificates.hasFiles || systemd) certificates.reload(server);
    else process.kill(process.pid, 'SIGTERM');
  });
}
