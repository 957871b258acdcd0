let offset = 0;

/**
 * Learns the server's time from the `Date` header of an answer, because shared workstations are often
 * minutes off and every count-down and limit is the server's.
 */
export function observeServerTime(dateHeader: string | null): void {
  const time = Date.parse(dateHeader ?? '');
  if (Number.isFinite(time)) offset = time - Date.now();
}

/** Now by the server's clock, in milliseconds, to the second. */
export function serverNow(): number {
  return Date.now() + offset;
}

/** Whether this instant is now or before, by the server's clock. */
export function hasCome(iso: string): boolean {
  return Date.parse(iso) <= serverNow();
}
