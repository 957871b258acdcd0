import type { AccountEntity } from './account.entity';
import type { StructureEntity } from '@portillon/structure';

export const PROFILE_ACCOUNT_COLUMNS = [
  'id',
  'username',
  'email',
  'displayName',
  'givenName',
  'familyName',
  'locale',
  'status',
  'roles',
  'nationalId',
] as const satisfies (keyof AccountEntity)[];

export const PROFILE_STRUCTURE_COLUMNS = ['id', 'name'] as const satisfies (keyof StructureEntity)[];

/** Columns of `account` and of its `structure` that make the profile given to applications. */
export const PROFILE_COLUMNS = [
  ...PROFILE_ACCOUNT_COLUMNS.map((column) => `account.${column}`),
  ...PROFILE_STRUCTURE_COLUMNS.map((column) => `structure.${column}`),
];

/** An account with its structure, with {@link PROFILE_COLUMNS} only. */
export type ProfileRow = Pick<AccountEntity, (typeof PROFILE_ACCOUNT_COLUMNS)[number]> & {
  structure?: Pick<StructureEntity, (typeof PROFILE_STRUCTURE_COLUMNS)[number]> | null;
};
