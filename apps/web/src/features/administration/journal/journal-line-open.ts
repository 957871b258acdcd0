import { nextTick, type Ref, shallowRef } from 'vue';
import type { AdminEvent } from '../../../api/types';
import { daysOf, type JournalRow } from './journal-days';

/** The journal line that is open beside the list. */
export function useOpenLine(list: Readonly<Ref<HTMLElement | null>>, items: Ref<AdminEvent[] | undefined>) {
  const opened = shallowRef<JournalRow | null>(null);

  /** The line before or after the open one, in the order of the table. */
  function step(by: number) {
    const rows = daysOf(items.value ?? []).flatMap((day) => day.rows);
    const at = rows.findIndex(({ event }) => event.id === opened.value?.event.id);
    opened.value = rows[at + by] ?? opened.value;
  }
  /** The focus returns to the row that opened it. */
  async function close() {
    const id = opened.value?.event.id;
    opened.value = null;
    await nextTick();
    list.value?.querySelector<HTMLElement>(`[data-line="${id}"] button`)?.focus();
  }
  return { opened, step, close };
}
