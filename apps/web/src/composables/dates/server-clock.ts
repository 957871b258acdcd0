let offset = 0;

/**
 * Learns the server's time from the `Date` header: shared workstations are often minutes off, and every countdown and
 * limit uses the server's time.
 */
export function observeServerTime(dateHeader: string | null): void {
  const time = Date.parse(dateHeader ?? '');
  if (Number.isFinite(time)) offset = time - Date.now();
}

/** Current time by the server's clock, milliseconds, to the second. */
export function serverNow(): number {
  return Date.now() + offset;
}

/** Whether this instant is now or past, by the server's clock. */
export function hasCome(iso: string): boolean {
  return Date.parse(iso) <= serverNow();
}
