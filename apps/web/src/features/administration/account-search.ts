import { defineStore } from 'pinia';
import { computed, reactive, ref, shallowRef, watch } from 'vue';
import { listAccounts } from '../../api/administration.api';
import type { AccountStatus, AdminAccountItem } from '../../api/types';
import { useAttempt } from '../../composables/attempt';
import { useSessionStore } from '../../stores/session.store';
import { useAsOneTypes } from './as-one-types';
import { useLatest } from './latest';

export interface Asked {
  text: string;
  status: AccountStatus | '';
  structure: { id: string; name: string } | null;
}
const nothing = (): Asked => ({ text: '', status: '', structure: null });

/** What is searched for: kept while one looks at an account, forgotten with its person, never in an address. */
const useAskedStore = defineStore('administration-accounts', () => {
  const sessions = useSessionStore();
  const asked = reactive(nothing());
  watch(
    () => sessions.account?.id,
    () => Object.assign(asked, nothing()),
  );
  return { asked };
});

/** The list of accounts, asked anew as one types: the latest question is the one that is answered. */
export function useAccountSearch() {
  const { asked } = useAskedStore();
  const { busy: adding, problem: addingProblem, run } = useAttempt();
  const searching = useLatest();
  const items = shallowRef<AdminAccountItem[] | null>(null);
  const next = ref<string | null>(null);

  const query = () => ({
    q: asked.text.trim() || undefined,
    status: asked.status || undefined,
    structure: asked.structure?.id,
  });
  const search = () =>
    searching.run(
      () => listAccounts(query()),
      (page) => {
        items.value = page.items;
        next.value = page.nextCursor;
      },
    );
  const more = () =>
    run(async () => {
      const question = searching.turn();
      const page = await listAccounts({ ...query(), cursor: next.value! });
      // Another list has come meanwhile: this is no longer its next page.
      if (question !== searching.turn()) return;
      items.value = [...items.value!, ...page.items];
      next.value = page.nextCursor;
    });
  useAsOneTypes(() => asked.text, search);
  watch([() => asked.status, () => asked.structure], search);
  return {
    asked,
    items,
    next,
    adding,
    searching: searching.busy,
    problem: computed(() => searching.problem.value ?? addingProblem.value),
    search,
    more,
    forget: () => Object.assign(asked, nothing()),
  };
}
