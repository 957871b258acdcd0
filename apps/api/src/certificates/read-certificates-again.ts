import type { Server } from 'node:http';
import type { INestApplicationContext } from '@nestjs/common';
import type { Settings } from '../settings/settings';
import { SETTINGS } from '../settings/settings.token';
import { CertificateReloadService } from './certificate-reload.service';

/**
 * Whenever SIGHUP asks for it. Where there is no file to read, the signal ends the process, as a terminal that closes
 * means; `systemctl reload` never does. `server`: the one that people reach; a worker has none.
 */
export function readCertificatesAgain(app: INestApplicationContext, server?: Server): void {
  const certificates = app.get(CertificateReloadService);
  const { systemd } = app.get<Settings>(SETTINGS);
  process.on('SIGHUP', () => {
    if (certificates.hasFiles || systemd) certificates.reload(server);
    else process.kill(process.pid, 'SIGTERM');
  });
}
