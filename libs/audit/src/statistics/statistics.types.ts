import type { EventName } from '../vocabulary.types';

/** All structures together. */
export const EVERYWHERE = '*';

/** Key under which events of an application are counted. It replaces the id of a structure, which has no colon. */
export function placeOf(application: string): string {
  return `application:${application}`;
}

/** Seconds from sending a code to its use: the upper bounds of the histogram, and `more` beyond the last. */
export const DELAY_BOUNDS = [10, 20, 30, 60, 120, 300] as const;
export type DelayBucket = (typeof DELAY_BOUNDS)[number] | 'more';

/** What an event can be counted as. */
export type EventMetric =
  'entry' | 'entry-refused' | 'sign-in' | 'code-sent' | 'code-expired' | 'code-refused' | 'lock' | 'refusal';
/** What is counted. */
export type Metric = EventMetric | 'code-used' | `code-within-${DelayBucket}`;

/** One line, as the statistics count it. */
export interface Count {
  metric: Metric;
  means: string;
  channel: string;
  /** Counted at this application, and at no structure. */
  application?: string;
}

/** What an event is counted as: under the means and the channel of its line, or the means given here. */
export interface EventCount {
  metric: EventMetric;
  means?: string;
  /** Counted at this application, and at no structure. */
  application?: string;
}

/** Which events of a lib are counted, and as what: pure, since each instance that seals counts alike. */
export type EventCounts = {
  readonly [Name in EventName]?: (line: {
    reason: string | null;
    data: string | null;
  }) => readonly EventCount[];
};
