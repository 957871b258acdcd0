import type { Environment } from '../environment.types';
import type { SystemdSettings } from '../settings';

/** What systemd itself puts into the environment of a unit of `Type=notify` (sd_notify(3), sd_watchdog_enabled(3)). */
export function systemd({ NOTIFY_SOCKET, WATCHDOG_USEC }: Environment): SystemdSettings | null {
  if (!NOTIFY_SOCKET) return null;
  return { watchdogMs: WATCHDOG_USEC ? Number(WATCHDOG_USEC) / 1_000 : null };
}
