import { FactoryProvider, Injectable } from '@nestjs/common';
import { parisDate } from '@portillon/kernel';
import type { EventName } from '../vocabulary.types';
import type { LineWords } from '../journal/journal.line';

/** All structures together. */
export const EVERYWHERE = '*';

/** Key under which events of an application are counted. It replaces the id of a structure, which has no colon. */
export function placeOf(application: string): string {
  return `application:${application}`;
}

/** Upper bounds of the histogram of seconds from sending a code to its use, and `more` beyond the last. */
export const DELAY_BOUNDS = [10, 20, 30, 60, 120, 300] as const;
export type DelayBucket = (typeof DELAY_BOUNDS)[number] | 'more';

/** Metrics of an event. */
export type EventMetric =
  'entry' | 'entry-refused' | 'sign-in' | 'code-sent' | 'code-expired' | 'code-refused' | 'lock' | 'refusal';
/** All metrics. */
export type Metric = EventMetric | 'code-used' | `code-within-${DelayBucket}`;

/** One increment from a line. */
export interface Count {
  metric: Metric;
  means: string;
  channel: string;
  /** Counted for this application, and for no structure. */
  application?: string;
}

/** How an event is counted: under the means and the channel of its line, or the given means. */
export interface EventCount {
  metric: EventMetric;
  means?: string;
  /** Counted for this application, and for no structure. */
  application?: string;
}

/** Rules of a library by event. They must be pure, since each instance that seals applies them. */
export type EventCounts = {
  readonly [Name in EventName]?: (line: {
    reason: string | null;
    data: string | null;
  }) => readonly EventCount[];
};

/** Time zone of the days. */
export const TIME_ZONE = 'Europe/Paris';

const HOUR_MS = 3_600_000;

/** Returns the day of `time`, `2026-11-24`. */
export function dayOf(time: Date): string {
  return parisDate(time);
}

/** As {@link dayOf}, for many times in order: the day of the last hour is kept. */
export function dayReader(): (time: Date) => string {
  let latest = { hour: NaN, day: '' };
  return (time) => {
    const hour = Math.floor(time.getTime() / HOUR_MS);
    if (hour !== latest.hour) latest = { hour, day: dayOf(time) };
    return latest.day;
  };
}

type Rule = (line: LineWords) => readonly EventCount[];
type Counted = { metric: Metric; means?: string; application?: string };

/** Rules that count lines of the journal, registered by the libraries that write the events. */
@Injectable()
export class StatisticsRegistry {
  readonly #rules = new Map<string, Rule>();

  /** Registers rules. @throws Error when another library counts one of these events */
  register(counts: EventCounts): void {
    for (const [name, rule] of Object.entries<Rule>(counts as Record<string, Rule>)) {
      if ((this.#rules.get(name) ?? rule) !== rule)
        throw new Error(`Two libraries count the event "${name}"`);
      this.#rules.set(name, rule);
    }
  }

  /** What a line adds to the statistics. Codes are counted by their channel, whatever they were for. */
  countsOf(line: LineWords): Count[] {
    const counted: Counted[] = [...(this.#rules.get(line.name)?.(line) ?? []), ...usedCode(line)];
    return counted.map(({ metric, means = line.means ?? '', ...where }) => ({
      metric,
      means: metric.startsWith('code-') ? '' : means,
      channel: line.channel ?? '',
      ...where,
    }));
  }
}

/** For the providers of a module: has its events counted, in every instance that has the module. */
export function registerEventCounts(counts: EventCounts): FactoryProvider {
  return {
    provide: Symbol('registered event counts'),
    inject: [StatisticsRegistry],
    useFactory: (registry: StatisticsRegistry) => registry.register(counts),
  };
}

/** Counts the use of a code for any purpose, with the age from its line. */
function usedCode(line: LineWords): Counted[] {
  const age = ageOfCode(line);
  if (line.outcome !== 'SUCCESS' || age === undefined) return [];
  return [{ metric: 'code-used' }, { metric: `code-within-${bucketOf(age)}` }];
}

function ageOfCode({ data }: LineWords): number | undefined {
  if (!data?.includes('"codeAgeSeconds"')) return undefined;
  const { codeAgeSeconds } = JSON.parse(data) as { codeAgeSeconds?: unknown };
  return typeof codeAgeSeconds === 'number' ? codeAgeSeconds : undefined;
}

function bucketOf(seconds: number): DelayBucket {
  return DELAY_BOUNDS.find((bound) => seconds <= bound) ?? 'more';
}
