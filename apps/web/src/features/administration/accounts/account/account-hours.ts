import type { AdminEvent } from '../../../../api/types';
import { daysOf, type JournalRow } from '../../journal/journal-days';

/** Events of one hour in Paris, newest first. */
interface JournalHour {
  hour: string;
  rows: JournalRow[];
}

/** Groups lines by day and hour. `clockOf` formats an instant in Paris time. */
export function hoursOf(events: readonly AdminEvent[], clockOf: (instant: string) => string) {
  return daysOf(events).map(({ day, rows }) => {
    const hours: JournalHour[] = [];
    for (const row of rows) {
      const hour = clockOf(row.event.at).slice(0, 2);
      if (hours.at(-1)?.hour !== hour) hours.push({ hour, rows: [] });
      hours.at(-1)!.rows.push(row);
    }
    return { day, hours };
  });
}
