import type { Server } from 'node:http';
import type { INestApplicationContext } from '@nestjs/common';
import { CertificateReloadService } from '@portillon/operation';
import type { Settings } from './settings/settings';

/**
 * Whenever SIGHUP asks for it. Where there is no file to read, the signal ends the process, as a terminal that closes
 * means; `systemctl reload` never does. `server`: the one that people reach; a worker has none.
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
