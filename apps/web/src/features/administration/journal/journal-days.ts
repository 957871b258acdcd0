import type { AdminEvent } from '../../../api/types';
import { dayInParis } from '../../../composables/dates/paris-day';

/** Repeated events, as one line that shows the newest. */
export interface JournalRow {
  event: AdminEvent;
  /** Newest first; `event` is the first. */
  events: AdminEvent[];
  count: number;
}
export interface JournalDay {
  day: string;
  rows: JournalRow[];
}

/** Groups lines by day in Paris, and folds consecutive repeats. */
export function daysOf(events: readonly AdminEvent[]): JournalDay[] {
  const days: JournalDay[] = [];
  for (const event of events) {
    const day = dayInParis(event.at);
    if (days.at(-1)?.day !== day) days.push({ day, rows: [] });
    add(days.at(-1)!.rows, event);
  }
  return days;
}

function add(rows: JournalRow[], event: AdminEvent) {
  const last = rows.at(-1);
  if (!last || !repeats(last.event, event)) {
    rows.push({ event, events: [event], count: countOf(event) });
    return;
  }
  last.events.push(event);
  last.count += countOf(event);
}

/** The same refusal of the same person from the same place. A success always has a separate line. */
function repeats(one: AdminEvent, other: AdminEvent): boolean {
  return one.outcome === 'FAILURE' && likenessOf(one) === likenessOf(other);
}
function likenessOf({ name, outcome, account, actor, structure, means, channel, address }: AdminEvent) {
  return JSON.stringify([name, outcome, account?.id, actor?.id, structure?.id, means, channel, address]);
}

/** One line may represent several refusals that the API counted. */
function countOf({ data }: AdminEvent): number {
  const repeats = data?.['repeats'];
  return typeof repeats === 'number' ? repeats : 1;
}
