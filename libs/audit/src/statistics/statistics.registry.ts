import { FactoryProvider, Injectable } from '@nestjs/common';
import type { LineWords } from '../journal/journal.line';
import { Count, DELAY_BOUNDS, DelayBucket, EventCount, EventCounts, Metric } from './statistics.types';

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
