import type { AccountSort } from '../../../../api/types';
import type { SortDirection } from '../../../../ui/SortButton.vue';

export const ACCOUNT_SORTS = [
  'displayName',
  '-displayName',
  'status',
  '-status',
  'lastSignedInAt',
  '-lastSignedInAt',
  'createdAt',
  '-createdAt',
] as const satisfies AccountSort[];

/** Sortable columns; dates start with the latest. */
const SORTED = {
  name: ['displayName', '-displayName'],
  entry: ['status', '-status'],
  lastSignedInAt: ['-lastSignedInAt', 'lastSignedInAt'],
  createdAt: ['-createdAt', 'createdAt'],
} as const satisfies Record<string, AccountSort[]>;

function sortsOf(column: string): readonly AccountSort[] {
  return SORTED[column as keyof typeof SORTED] ?? [];
}

/** `aria-sort` of a column; nothing where the list cannot be sorted by it. */
export function directionOf(column: string, sort: string): SortDirection | undefined {
  const found = sortsOf(column).find((one) => one === sort);
  if (!sortsOf(column).length) return undefined;
  if (!found) return 'none';
  return found.startsWith('-') ? 'descending' : 'ascending';
}

/** Order after a press on a column heading: its first order, or the reverse. */
export function sortAfter(column: string, sort: string): string {
  const [first, second] = sortsOf(column);
  return (sort === first ? second : first) ?? sort;
}
