import { defineStore } from 'pinia';
import { computed, reactive, watch } from 'vue';
import { type LocationQuery, useRoute, useRouter } from 'vue-router';
import { listAccounts } from '../../../api/administration.api';
import { usePages } from '../../../composables/pages';
import { useSessionStore } from '../../../stores/session.store';
import { ACCOUNT_SORTS } from './list/account-sort';
import { addressFor, questionIn } from '../shared/address';
import { useSettled } from '../../../composables/settled';

/** What the address of the page says: an address is kept and sent, and has no person's name in it. */
export interface AccountQuestion {
  status: string;
  only: string;
  /** An id. */
  structure: string;
  /** Nothing: by name, or by what the words that are typed have found. */
  sort: string;
}
export const nothing: AccountQuestion = { status: '', only: '', structure: '', sort: '' };
export const STATUSES = ['ACTIVE', 'INVITED', 'DEACTIVATED'] as const;
export const SELECTIONS = [
  'CAN_ENTER',
  'KEPT_OUT_BY_RULE',
  'ONLY_BY_CARD',
  'LOCKED',
  'INVITATION_EXPIRED',
  'NEVER_SIGNED_IN',
  'NO_STRONG_MEANS',
  'ERASURE_REQUESTED',
  'ERASURE_DUE',
  'EMERGENCY_ACCESS',
  'CHANGE_PENDING',
  'IDENTITY_UNVERIFIED',
  'IDENTITY_DUE',
  'UNKNOWN_TO_DIRECTORY',
] as const;

const questionOf = (query: LocationQuery) => questionIn(query, nothing);
export const addressOf = (question: AccountQuestion) => addressFor(question, nothing);
const known = <Value extends string>(values: readonly Value[], text: string) =>
  values.find((value) => value === text);

/** The search text and the list's state: kept while the person looks at an account, dropped when they sign out. */
const useKeptStore = defineStore('administration-accounts', () => {
  const sessions = useSessionStore();
  const kept = reactive({ text: '', query: {} as Record<string, string> });
  watch(
    () => sessions.account?.id,
    () => Object.assign(kept, { text: '', query: {} }),
  );
  return { kept };
});

/** Where the way back from an account leads. */
export function useAccountsWay() {
  const { kept } = useKeptStore();
  return computed(() => ({ name: 'admin-accounts', query: kept.query }));
}

/** The list of accounts, as the address asks for it, and asked anew as one types. */
export function useAccountSearch() {
  const { kept } = useKeptStore();
  const route = useRoute();
  const router = useRouter();
  const question = computed(() => questionOf(route.query));
  const address = computed(() => addressOf(question.value));
  // An address that was sent is another list than the one that was left.
  if (JSON.stringify(address.value) !== JSON.stringify(kept.query)) kept.text = '';
  watch(address, (query) => (kept.query = query), { immediate: true });
  const text = useSettled(() => kept.text);
  const query = computed(() => ({
    q: text.value || undefined,
    status: known(STATUSES, question.value.status),
    only: known(SELECTIONS, question.value.only),
    structure: question.value.structure || undefined,
    sort: known(ACCOUNT_SORTS, question.value.sort),
  }));
  const list = usePages({
    key: () => ['admin-accounts', query.value],
    list: (cursor) => listAccounts({ ...query.value, cursor }),
  });
  const change = (part: Partial<AccountQuestion>) =>
    router.replace({ query: addressOf({ ...question.value, ...part }) });
  function forget() {
    kept.text = '';
    return change({ ...nothing, sort: question.value.sort });
  }
  return { ...list, kept, question, address, query, change, forget };
}
