import { computed } from 'vue';
import { useOwnList } from '../../shared/own-list';

/** What the list can show beside the name, in this order. */
const ACCOUNT_COLUMNS = [
  'username',
  'email',
  'structure',
  'roles',
  'status',
  'entry',
  'nationalId',
  'lastSignedInAt',
  'createdAt',
  'erasureDueAt',
] as const;
export type AccountColumn = (typeof ACCOUNT_COLUMNS)[number];

/** An administrator of one structure sees no other: its column would say nothing. */
export const columnsFor = (national: boolean) =>
  ACCOUNT_COLUMNS.filter((column) => national || column !== 'structure');

const USUAL: AccountColumn[] = ['username', 'email', 'roles', 'status', 'entry', 'lastSignedInAt'];
/** With the structures there is no room for addresses, which the search knows all the same. */
const USUAL_OF_ALL: AccountColumn[] = ['username', 'structure', 'roles', 'status', 'entry', 'lastSignedInAt'];

/** The columns that the person chose. */
export function useAccountColumns(national: () => boolean) {
  const { columns, keepColumns } = useOwnList('accounts');
  const usual = () => (national() ? USUAL_OF_ALL : USUAL);
  return computed<AccountColumn[]>({
    get: () =>
      columns.value.length ? ACCOUNT_COLUMNS.filter((column) => columns.value.includes(column)) : usual(),
    set: (chosen) => void keepColumns(chosen),
  });
}
