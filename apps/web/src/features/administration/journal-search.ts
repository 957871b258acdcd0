import { computed, onMounted, reactive, ref, shallowRef } from 'vue';
import { listEvents, type EventFilter } from '../../api/journal.api';
import type { AdminEvent } from '../../api/types';
import { useAttempt } from '../../composables/attempt';
import { namesOf } from './journal-acts';
import { startInParis } from './paris-day';

export interface JournalPerson {
  id: string;
  displayName: string;
}
export interface JournalQuestion {
  person: JournalPerson | null;
  /** Whether that person is whom it concerns, or who did it. */
  part: 'account' | 'actor';
  act: string;
  outcome: '' | 'SUCCESS' | 'FAILURE';
  structure: { id: string; name: string } | null;
  /** Days of Paris, both included. */
  from: string;
  to: string;
}
const nothing = (): JournalQuestion => ({
  person: null,
  part: 'account',
  act: '',
  outcome: '',
  structure: null,
  from: '',
  to: '',
});

/** What the API is asked for; a day that is none is left out. */
export function filterOf(question: JournalQuestion): EventFilter {
  const { person, part, act, outcome, structure, from, to } = question;
  return {
    ...(person && { [part]: person.id }),
    name: namesOf(act),
    outcome: outcome || undefined,
    structure: structure?.id,
    from: startInParis(from) ?? undefined,
    to: startInParis(dayAfter(to)) ?? undefined,
  };
}

/** By the calendar alone: no hour plays a part. */
function dayAfter(day: string): string {
  const time = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(time) ? '' : new Date(time + 86_400_000).toISOString().slice(0, 10);
}

/** The journal, as far as one has asked for it. */
export function useJournal() {
  const question = reactive(nothing());
  const asked = shallowRef<EventFilter>({});
  const items = shallowRef<AdminEvent[] | null>(null);
  const next = ref<string | null>(null);
  const { busy, problem, run } = useAttempt();

  const search = () =>
    run(async () => {
      const filter = filterOf(question);
      const page = await listEvents(filter);
      asked.value = filter;
      items.value = page.items;
      next.value = page.nextCursor;
    });
  const more = () =>
    run(async () => {
      const page = await listEvents(asked.value, next.value!);
      items.value = [...items.value!, ...page.items];
      next.value = page.nextCursor;
    });
  async function forget() {
    Object.assign(question, nothing());
    await search();
  }
  onMounted(search);
  const filtered = computed(() => Object.values(asked.value).some((value) => value !== undefined));
  return { question, asked, items, next, busy, problem, filtered, search, more, forget };
}
