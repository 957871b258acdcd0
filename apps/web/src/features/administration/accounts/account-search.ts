import { defineStore } from 'pinia';
import { computed, reactive, watch } from 'vue';
import { type LocationQuery, useRoute, useRouter } from 'vue-router';
import { listAccounts } from '../../../api/administration.api';
import { usePages } from '../../../composables/pages';
import { useSessionStore } from '../../../stores/session.store';
import { ACCOUNT_SORTS } from './list/account-sort';
import { addressFor, questionIn } from '../shared/address';
import { useSettled } from '../../../composables/settled';

/** Parameters in the address of the page. It contains no name of a person, because addresses are stored and shared. */
export interface AccountQuestion {
  status: string;
  only: string;
  /** An id. */
  structure: string;
  /** Absent: by name, or in the order in which the search finds them. */
  sort: string;
}
export const nothing: AccountQuestion = { status: '', only: '', structure: '', sort: '' };
const STATUSES = ['ACTIVE', 'INVITED', 'DEACTIVATED'] as const;
/** Rare selections, offered among the views. */
export const RARE_SELECTIONS = [
  'ONLY_BY_CARD',
  'NO_STRONG_MEANS',
  'ERASURE_REQUESTED',
  'ERASURE_DUE',
  'EMERGENCY_ACCESS',
  'CHANGE_PENDING',
  'REPORTED',
  'IDENTITY_UNVERIFIED',
  'IDENTITY_DUE',
  'UNKNOWN_TO_DIRECTORY',
] as const;
const USUAL = ['CAN_ENTER', 'LOCKED', 'KEPT_OUT_BY_RULE', 'NEVER_SIGNED_IN', 'INVITATION_EXPIRED'] as const;
const SELECTIONS = [...USUAL, ...RARE_SELECTIONS];
/** Usual choices of the filter; each is a selection or a status. */
export const ACCESS_CHOICES = ['INVITED', ...USUAL, 'DEACTIVATED'] as const;

const questionOf = (query: LocationQuery) => questionIn(query, nothing);
export const addressOf = (question: AccountQuestion) => addressFor(question, nothing);
const known = <Value extends string>(values: readonly Value[], text: string) =>
  values.find((value) => value === text);

/** The status and the selection as one choice of the filter; an address may combine both. */
export const accessIn = ({ status, only }: AccountQuestion) =>
  [known(STATUSES, status), known(SELECTIONS, only)].filter((one) => one !== undefined);
export const accessOf = (choice: string) => ({
  status: known(STATUSES, choice) ?? '',
  only: known(SELECTIONS, choice) ?? '',
});

/** The search text and the list's state, kept while the person reads an account and dropped at sign-out. */
const useKeptStore = defineStore('administration-accounts', () => {
  const sessions = useSessionStore();
  const kept = reactive({ text: '', query: {} as Record<string, string> });
  watch(
    () => sessions.account?.id,
    () => Object.assign(kept, { text: '', query: {} }),
  );
  return { kept };
});

/** Where « back » on an account leads. */
export function useAccountsWay() {
  const { kept } = useKeptStore();
  return computed(() => ({ name: 'admin-accounts', query: kept.query }));
}

/** The list of accounts by the address, requested again during typing. */
export function useAccountSearch() {
  const { kept } = useKeptStore();
  const route = useRoute();
  const router = useRouter();
  const question = computed(() => questionOf(route.query));
  const address = computed(() => addressOf(question.value));
  // A shared address opens another list than the one left before.
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
