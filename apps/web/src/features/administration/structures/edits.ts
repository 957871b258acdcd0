import { computed, watch } from 'vue';
import { type FormOptions, useForm } from '../../../composables/form';
import { learnOfMove } from '../shared/moved';

/**
 * A form of stored values, and the names of those that differ from them. `read` reads the values again, once they are
 * sent or another administrator changed them: what is typed stays, other fields take the stored value.
 */
export function useEdits<Values extends object>(
  { submit, ...options }: FormOptions<Values>,
  read: () => Promise<unknown>,
) {
  const form = useForm({
    ...options,
    async submit(values) {
      const outcome = await submit(values).catch(learnOfMove(() => void read()));
      if (outcome === 'unsaved') return outcome;
      await read();
      Object.assign(values, options.initial());
    },
  });
  const stored = computed(options.initial);
  const typed = form.values as Values;
  const names = Object.keys(typed) as (keyof Values)[];
  watch(stored, (now, was) => {
    for (const name of names) if (isSame(typed[name], was[name])) typed[name] = now[name];
  });
  return { form, changed: computed(() => names.filter((name) => !isSame(typed[name], stored.value[name]))) };
}

/** A chosen item is an object, which is read anew with the stored values. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
