import type { AccountEntity } from './account.entity';
import { PROFILE_ACCOUNT_COLUMNS, PROFILE_STRUCTURE_COLUMNS } from './profile.columns';
import { POLICY_COLUMNS, type StructureEntity } from '@portillon/structure';

const ACCOUNT_COLUMNS = [
  ...PROFILE_ACCOUNT_COLUMNS,
  'phoneSealed',
  'phoneVerifiedAt',
  'codeChannel',
  'passwordDigest',
  'passwordChangedAt',
  'reportedEventAt',
  'emergencyMeans',
  'emergencyUntilAt',
  'version',
  'emailUnreachableAt',
  'identityMethod',
  'identityVerifiedAt',
] as const satisfies (keyof AccountEntity)[];

const STRUCTURE_COLUMNS = [
  ...PROFILE_STRUCTURE_COLUMNS,
  ...POLICY_COLUMNS,
  'displayName',
  'logo',
  'accent',
] as const satisfies (keyof StructureEntity)[];

/** Columns of `account` and of its `structure` for a sign-in. */
export const SIGN_IN_COLUMNS = [
  ...ACCOUNT_COLUMNS.map((column) => `account.${column}`),
  ...STRUCTURE_COLUMNS.map((column) => `structure.${column}`),
];

/** An account with its structure, with {@link SIGN_IN_COLUMNS} only. */
export type SignInRow = Pick<AccountEntity, (typeof ACCOUNT_COLUMNS)[number]> & {
  structure?: Pick<StructureEntity, (typeof STRUCTURE_COLUMNS)[number]> | null;
};
