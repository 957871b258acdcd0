import { defineStore } from 'pinia';
import { computed, reactive, watch } from 'vue';
import { listAccounts } from '../../api/administration.api';
import type { AccountSelection, AccountStatus } from '../../api/types';
import { usePages } from '../../composables/pages';
import { useSessionStore } from '../../stores/session.store';
import { useSettled } from './settled';

export interface Asked {
  text: string;
  status: AccountStatus | '';
  only: AccountSelection | '';
  structure: { id: string; name: string } | null;
}
const nothing = (): Asked => ({ text: '', status: '', only: '', structure: null });

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

/** The list of accounts, asked anew as one types. */
export function useAccountSearch() {
  const { asked } = useAskedStore();
  const text = useSettled(() => asked.text);
  const query = computed(() => ({
    q: text.value || undefined,
    status: asked.status || undefined,
    only: asked.only || undefined,
    structure: asked.structure?.id,
  }));
  const list = usePages({
    key: () => ['admin-accounts', query.value],
    list: (cursor) => listAccounts({ ...query.value, cursor }),
  });
  return { ...list, asked, query, forget: () => Object.assign(asked, nothing()) };
}
