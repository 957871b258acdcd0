import { computed } from 'vue';
import { useOwnList } from '../../shared/own-list';

/** Columns that the list can show besides the name, in display order. */
const ACCOUNT_COLUMNS = [
  'email',
  'structure',
  'roles',
  'entry',
  'nationalId',
  'lastSignedInAt',
  'createdAt',
  'erasureDueAt',
] as const;
export type AccountColumn = (typeof ACCOUNT_COLUMNS)[number];

/** An administrator of one structure sees that one only, so the column is useless. */
export const columnsFor = (several: boolean) =>
  ACCOUNT_COLUMNS.filter((column) => several || column !== 'structure');

const USUAL: AccountColumn[] = ['email', 'roles', 'entry', 'lastSignedInAt'];
/** Together with the structures, addresses do not fit; the search still finds them. */
const USUAL_OF_ALL: AccountColumn[] = ['structure', 'roles', 'entry', 'lastSignedInAt'];

/** Columns that the person chose. Earlier versions had one of the status, which `entry` shows now. */
export function useAccountColumns(several: () => boolean) {
  const { columns, keepColumns } = useOwnList('accounts');
  const usual = () => (several() ? USUAL_OF_ALL : USUAL);
  const isKept = (column: AccountColumn) =>
    columns.value.includes(column) || (column === 'entry' && columns.value.includes('status'));
  return computed<AccountColumn[]>({
    get: () => (columns.value.length ? ACCOUNT_COLUMNS.filter(isKept) : usual()),
    set: (chosen) => void keepColumns(chosen),
  });
}
