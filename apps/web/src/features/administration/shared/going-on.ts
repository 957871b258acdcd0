import { nextTick, type Ref, type ShallowRef } from 'vue';

/** « Afficher la suite »: moves the focus to the first new row. `target`: the one focusable element of each row. */
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
