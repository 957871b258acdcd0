import type { ActivityItem } from '../../../api/types';
import { dayInParis } from '../../../composables/dates/paris-day';

/** The lines by the day of Paris, newest first as they come. */
export function activityDays(items: readonly ActivityItem[]) {
  const days: { day: string; items: ActivityItem[] }[] = [];
  for (const item of items) {
    const day = dayInParis(item.at);
    if (days.at(-1)?.day !== day) days.push({ day, items: [] });
    days.at(-1)!.items.push(item);
  }
  return days;
}
