import type { AccountEntity } from './account.entity';
import type { StructureEntity } from './structures/structure.entity';

const ACCOUNT_COLUMNS = [
  'id',
  'username',
  'email',
  'displayName',
  'locale',
  'status',
  'roles',
  'nationalId',
] as const satisfies (keyof AccountEntity)[];

const STRUCTURE_COLUMNS = ['id', 'name'] as const satisfies (keyof StructureEntity)[];

/** What is read of `account` and of its `structure` to tell an application who the person is. */
export const PROFILE_COLUMNS = [
  ...ACCOUNT_COLUMNS.map((column) => `account.${column}`),
  ...STRUCTURE_COLUMNS.map((column) => `structure.${column}`),
];

/** An account with its structure, in {@link PROFILE_COLUMNS} alone. */
export type ProfileRow = Pick<AccountEntity, (typeof ACCOUNT_COLUMNS)[number]> & {
  structure?: Pick<StructureEntity, (typeof STRUCTURE_COLUMNS)[number]> | null;
};
