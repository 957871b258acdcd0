/** In which order a list of accounts can be asked for; with `-` the other way round. */
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
