import { ref, watch } from 'vue';

/** What the list can show beside the name, in this order. */
const ACCOUNT_COLUMNS = [
  'username',
  'email',
  'structure',
  'roles',
  'status',
  'locked',
  'nationalId',
  'lastSignedInAt',
  'createdAt',
] as const;
export type AccountColumn = (typeof ACCOUNT_COLUMNS)[number];

/** An administrator of one structure sees no other: its column would say nothing. */
export const columnsFor = (national: boolean) =>
  ACCOUNT_COLUMNS.filter((column) => national || column !== 'structure');

const KEY = 'portillon.accounts.columns';
const USUAL: AccountColumn[] = [
  'username',
  'email',
  'structure',
  'roles',
  'status',
  'locked',
  'lastSignedInAt',
];

/** The columns that are chosen in this browser. */
export function useAccountColumns() {
  const chosen = ref<AccountColumn[]>(read());
  watch(chosen, (columns) => localStorage.setItem(KEY, columns.join(' ')));
  return chosen;
}

function read(): AccountColumn[] {
  const kept = localStorage.getItem(KEY)?.split(' ');
  return kept ? ACCOUNT_COLUMNS.filter((column) => kept.includes(column)) : USUAL;
}
