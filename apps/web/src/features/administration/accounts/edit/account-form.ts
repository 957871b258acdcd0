import { watch } from 'vue';
import type { AdminAccount, Locale, Role } from '../../../../api/types';
import { GIVEN_NATIONALLY } from '../../shared/role-names';

/** The form of an account. */
export interface AccountFields {
  displayName: string;
  givenName: string;
  familyName: string;
  username: string;
  email: string;
  locale: Locale;
  roles: Role[];
  structure: { id: string; name: string } | null;
}
export type AccountField = keyof AccountFields;
export const ACCOUNT_FIELDS: readonly AccountField[] = [
  'givenName',
  'familyName',
  'displayName',
  'username',
  'email',
  'roles',
  'structure',
  'locale',
];

export function emptyFields(): AccountFields {
  const names = { givenName: '', familyName: '', displayName: '' };
  return { ...names, username: '', email: '', locale: 'fr', roles: ['professional'], structure: null };
}

export function fieldsOf(account: AdminAccount): AccountFields {
  const { displayName, username, email, locale, roles, structure } = account;
  const parts = { givenName: account.givenName ?? '', familyName: account.familyName ?? '' };
  return { ...parts, displayName, username, email, locale, roles: [...roles] as Role[], structure };
}

/** Whether two values of a field say the same: roles in any order, spaces around a word apart. */
export function same(field: AccountField, one: AccountFields, other: AccountFields): boolean {
  return said(field, one) === said(field, other);
}
function said(field: AccountField, fields: AccountFields): string {
  if (field === 'roles') return [...fields.roles].sort().join();
  return field === 'structure' ? (fields.structure?.id ?? '') : fields[field].trim();
}

/** The fields that an account cannot do without, and that are empty. */
export function missingFields(fields: AccountFields, national: boolean): AccountField[] {
  const missing: AccountField[] = (['displayName', 'username', 'email'] as const).filter(
    (field) => !fields[field].trim(),
  );
  if (!fields.roles.length) missing.push('roles');
  // Who reaches all of the service alone stands outside every structure: its rules and administrators answer for all others.
  const reachesAll = fields.roles.some((role) => GIVEN_NATIONALLY.includes(role));
  const needed = fields.roles.includes('structure-admin') || !reachesAll;
  if (national && !fields.structure && needed) missing.push('structure');
  return missing;
}

/** The display name that the parts make, shown before the server makes it (`account-name.policy`). */
export function wholeName({
  givenName,
  familyName,
}: Pick<AccountFields, 'givenName' | 'familyName'>): string {
  return `${givenName.trim()} ${familyName.trim()}`.trim();
}

/** The parts as they are sent: one that is empty is none. */
export function nameParts({ givenName, familyName }: Pick<AccountFields, 'givenName' | 'familyName'>) {
  return { givenName: givenName.trim() || null, familyName: familyName.trim() || null };
}

/** The display name follows the parts as long as it is made of them. */
export function followName(values: AccountFields): void {
  watch(
    () => wholeName(values),
    (now, before) => {
      if (now && values.displayName.trim() === before) values.displayName = now;
    },
  );
}

/** The usual user name: `Zoé Le Goff` → `zoe.le-goff`. */
export function usualUsername(displayName: string): string {
  const [first = '', ...rest] = displayName
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  return [first, rest.join('-')].filter(Boolean).join('.');
}
