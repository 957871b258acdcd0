import { computed, reactive, shallowRef } from 'vue';
import { listEvents, type EventFilter } from '../../api/journal.api';
import { usePages } from '../../composables/pages';
import { namesOf } from './journal-acts';
import { startInParis } from './paris-day';

export interface JournalQuestion {
  person: { id: string; name: string } | null;
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
  const asked = shallowRef<EventFilter>(filterOf(question));
  const list = usePages({
    key: () => ['journal', asked.value],
    list: (cursor) => listEvents(asked.value, cursor),
  });
  /** The same question once more is asked anew: the journal has grown. */
  function search() {
    const filter = filterOf(question);
    if (JSON.stringify(filter) === JSON.stringify(asked.value)) return list.load();
    asked.value = filter;
  }
  function forget() {
    Object.assign(question, nothing());
    return search();
  }
  const filtered = computed(() => Object.values(asked.value).some((value) => value !== undefined));
  return { ...list, question, asked, filtered, search, forget };
}
