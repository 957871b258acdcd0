import type { WaveCreation } from '../../../api/types';
import { useServerClockStore } from '../../../stores/server-clock.store';

/** Days from the first to the last one. */
export const SHORTEST = 7;
export const LONGEST = 60;
const DAY_MS = 86_400_000;

/** The typed values. */
export interface WaveFields {
  name: string;
  includeExpired: boolean;
  /** Empty: all. */
  structureIds: string[];
  startsOn: string;
  until: string;
  perHour: string;
  structuresPerDay: string;
}

/** The day in so many days, as a date field has it. */
export function dayIn(days: number): string {
  return new Date(useServerClockStore().now() + days * DAY_MS).toISOString().slice(0, 10);
}

/** The request of the typed values. What is no number is refused by the API. */
export function waveBody({
  structureIds,
  perHour,
  structuresPerDay,
  name,
  ...rest
}: WaveFields): WaveCreation {
  return {
    ...rest,
    name: name.trim(),
    perHour: Number(perHour),
    ...(structuresPerDay.trim() && { structuresPerDay: Number(structuresPerDay) }),
    ...(structureIds.length > 0 && { structureIds }),
  };
}
