import { computed } from 'vue';
import { type LocationQuery, useRoute, useRouter } from 'vue-router';
import { listEvents, type EventFilter } from '../../../api/journal.api';
import { usePages } from '../../../composables/pages';
import { useServerClockStore } from '../../../stores/server-clock.store';
import { addressFor, questionIn } from '../shared/address';
import { namesOf } from './journal-acts';
import {
  dayAfter,
  dayInParis,
  daysBefore,
  type Days,
  lastMonth,
  lastWeek,
  startInParis,
} from '../../../composables/dates/paris-day';

/** Parameters in the address of the page: ids only, because addresses are stored and shared. */
export interface JournalQuestion {
  person: string;
  /** Whether the person is the subject of the event, or its author. */
  part: 'account' | 'actor';
  act: string;
  outcome: string;
  structure: string;
  /** Reference of a code from the last 24 hours. */
  code: string;
  /** Id of a request. */
  request: string;
  /** One of `PERIODS`, or `dates` for `from` and `to`. */
  period: string;
  /** Days in Paris, both included. */
  from: string;
  to: string;
}
export const nothing: JournalQuestion = {
  person: '',
  part: 'account',
  act: '',
  outcome: '',
  structure: '',
  code: '',
  request: '',
  period: '',
  from: '',
  to: '',
};
/** Periods that end today, in days, and completed ones. */
export const PERIODS = ['1', '7', '30', 'last-week', 'last-month'] as const;

export const questionOf = (query: LocationQuery) => questionIn(query, nothing);
export const addressOf = (question: JournalQuestion) => addressFor(question, nothing);

/** Views of the service; the page names them. */
export const commonViews = [
  { name: 'refusals', query: addressOf({ ...nothing, outcome: 'FAILURE', period: '7' }) },
  { name: 'emergency', query: addressOf({ ...nothing, act: 'subject:emergency' }) },
  { name: 'rights', query: addressOf({ ...nothing, act: 'subject:rights', period: '30' }) },
] as const;

/** Parameters for the API; an invalid day is left out. */
export function filterOf(question: JournalQuestion, now = useServerClockStore().now()): EventFilter {
  const { person, part, act, outcome, structure, code, request } = question;
  return {
    ...(person && { [part === 'actor' ? 'actor' : 'account']: person }),
    name: namesOf(act),
    outcome: outcome === 'SUCCESS' || outcome === 'FAILURE' ? outcome : undefined,
    structure: structure || undefined,
    code: code || undefined,
    request: request || undefined,
    ...timesOf(question, dayInParis(new Date(now).toISOString())),
  };
}

function timesOf({ period, from, to }: JournalQuestion, today: string): Pick<EventFilter, 'from' | 'to'> {
  if (period === 'dates') return spanning([from, dayAfter(to)]);
  const over = overPeriod(period, today);
  if (over) return spanning(over);
  if (!PERIODS.some((known) => known === period)) return {};
  return { from: startInParis(daysBefore(today, Number(period) - 1)) ?? undefined };
}

/** Days of a completed period; the last one is excluded. */
export function overPeriod(period: string, today: string): Days | null {
  if (period === 'last-week') return lastWeek(today);
  return period === 'last-month' ? lastMonth(today) : null;
}

/** From the start of one day to the start of another. */
function spanning([from, to]: Days) {
  return { from: startInParis(from) ?? undefined, to: startInParis(to) ?? undefined };
}

/** The journal, filtered by the address. */
export function useJournal() {
  const route = useRoute();
  const router = useRouter();
  const question = computed(() => questionOf(route.query));
  const filter = computed(() => filterOf(question.value));
  const list = usePages({
    key: () => ['journal', addressOf(question.value)],
    list: (cursor) => listEvents(filter.value, cursor),
  });
  const filtered = computed(() => Object.keys(addressOf(question.value)).length > 0);
  const change = (part: Partial<JournalQuestion>) =>
    router.replace({ query: addressOf({ ...question.value, ...part }) });
  return { ...list, question, filter, filtered, change };
}
