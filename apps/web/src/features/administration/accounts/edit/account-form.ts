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

/** Whether two values of a field are equal, regardless of the order of roles and of surrounding spaces. */
export function same(field: AccountField, one: AccountFields, other: AccountFields): boolean {
  return said(field, one) === said(field, other);
}
function said(field: AccountField, fields: AccountFields): string {
  if (field === 'roles') return [...fields.roles].sort().join();
  return field === 'structure' ? (fields.structure?.id ?? '') : fields[field].trim();
}

/** Returns the required fields that are empty. */
export function missingFields(fields: AccountFields, picksStructure: boolean): AccountField[] {
  const missing: AccountField[] = (['displayName', 'username', 'email'] as const).filter(
    (field) => !fields[field].trim(),
  );
  if (!fields.roles.length) missing.push('roles');
  // National roles belong to no structure, because they give rights over all of them.
  const reachesAll = fields.roles.some((role) => GIVEN_NATIONALLY.includes(role));
  const needed = fields.roles.includes('structure-admin') || !reachesAll;
  if (picksStructure && !fields.structure && needed) missing.push('structure');
  return missing;
}

/** Display name made of the parts, shown before the server makes it (`account-name.policy`). */
export function wholeName({
  givenName,
  familyName,
}: Pick<AccountFields, 'givenName' | 'familyName'>): string {
  return `${givenName.trim()} ${familyName.trim()}`.trim();
}

/** The parts to send: null instead of an empty text. */
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

/** Proposed user name: `Zoé Le Goff` → `zoe.le-goff`. */
export function usualUsername(displayName: string): string {
  const [first = '', ...rest] = displayName
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  return [first, rest.join('-')].filter(Boolean).join('.');
}
