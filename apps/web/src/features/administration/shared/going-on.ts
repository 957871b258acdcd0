import { nextTick, type Ref, type ShallowRef } from 'vue';

/** « Afficher la suite »: the keyboard goes on where the list goes on. `target`: the one stop that each row has. */
export function useGoingOn(
  list: Readonly<ShallowRef<HTMLElement | null>>,
  items: Readonly<Ref<readonly unknown[] | undefined>>,
  more: () => Promise<void>,
  target = 'tbody a',
) {
  return async () => {
    const before = items.value?.length ?? 0;
    await more();
    await nextTick();
    list.value?.querySelectorAll<HTMLElement>(target)[before]?.focus();
  };
}
