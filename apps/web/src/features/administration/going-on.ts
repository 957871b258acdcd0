import { nextTick, type Ref, type ShallowRef } from 'vue';

/** « Afficher la suite »: the keyboard goes on where the list goes on. */
export function useGoingOn(
  list: Readonly<ShallowRef<HTMLElement | null>>,
  items: Readonly<Ref<readonly unknown[] | undefined>>,
  more: () => Promise<void>,
) {
  return async () => {
    const before = items.value?.length ?? 0;
    await more();
    await nextTick();
    list.value?.querySelectorAll<HTMLElement>('tbody a')[before]?.focus();
  };
}
