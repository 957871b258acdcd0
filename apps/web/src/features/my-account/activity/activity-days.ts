import type { ActivityItem } from '../../../api/types';
import { dayInParis } from '../../../composables/dates/paris-day';

/** Groups lines by day in Paris, newest first as received. */
export function activityDays(items: readonly ActivityItem[]) {
  const days: { day: string; items: ActivityItem[] }[] = [];
  for (const item of items) {
    const day = dayInParis(item.at);
    if (days.at(-1)?.day !== day) days.push({ day, items: [] });
    days.at(-1)!.items.push(item);
  }
  return days;
}
