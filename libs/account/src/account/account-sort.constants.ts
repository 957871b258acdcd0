/** Orders of a list of accounts; `-` reverses. */
export const ACCOUNT_SORTS = [
  'displayName',
  '-displayName',
  'status',
  '-status',
  'lastSignedInAt',
  '-lastSignedInAt',
  'createdAt',
  '-createdAt',
] as const;
export type AccountSort = (typeof ACCOUNT_SORTS)[number];
