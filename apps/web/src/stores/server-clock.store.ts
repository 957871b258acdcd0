import { defineStore } from 'pinia';

/**
 * The server's time: shared workstations are often minutes off, and every countdown and limit uses the server's time.
 * It is no reactive state: each answer of the API corrects it a little, and no page is computed again for that.
 */
export const useServerClockStore = defineStore('server-clock', () => {
  let offset = 0;

  /** Learns the time from the `Date` header of an answer. */
  function observe(dateHeader: string | null) {
    const time = Date.parse(dateHeader ?? '');
    if (Number.isFinite(time)) offset = time - Date.now();
  }
  /** Current time in milliseconds, to the second. */
  const now = () => Date.now() + offset;
  /** Whether this instant is now or past. */
  const hasCome = (iso: string) => Date.parse(iso) <= now();
  return { observe, now, hasCome };
});
