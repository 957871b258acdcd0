import { execFile } from 'node:child_process';
import { Logger } from '@nestjs/common';
import type { Settings } from '../settings/settings';

/**
 * Notifies systemd that the process is ready, that its event loop runs (`WatchdogSec=`), and that it stops. Uses
 * `Type=notify` with `NotifyAccess=all`, because systemd's own program sends it: Node cannot open datagram sockets of the
 * file system.
 */
export function reportToSystemd({ systemd }: Settings, send = notify): void {
  if (!systemd) return;
  const { watchdogMs } = systemd;
  send('READY=1');
  // Twice within the watchdog time, as sd_watchdog_enabled(3) recommends.
  if (watchdogMs) setInterval(() => send('WATCHDOG=1'), watchdogMs / 2).unref();
  process.once('SIGTERM', () => send('STOPPING=1'));
}

function notify(state: string): void {
  execFile('systemd-notify', [state], (error) => {
    if (error) new Logger('systemd').error(`does not hear ${state}: ${error.message}`);
  });
}
