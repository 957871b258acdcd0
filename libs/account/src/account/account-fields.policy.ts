import { AppError, FieldError, hasVisibleText, nameKey, sortKey } from '@portillon/kernel';
import { NAME_PART_LENGTH } from './account-name.policy';
import type { AccountDraft } from './account.types';

const USERNAME = /^[\p{L}\p{N}][\p{L}\p{N}\p{M}._@+'-]{1,63}$/u;
/**
 * A domain has at least two labels: no mail from here reaches an address on a bare host name. A local part that begins
 * with `-` is an option to a program that takes the address as an argument, such as `sendmail -oQ/tmp@x.example`.
 */
const EMAIL =
  /^(?!-)[^\s@<>()[\],;:\\"\p{C}]{1,64}@(?=.{1,189}$)[^\s@<>()[\],;:\\"\p{C}.]{1,63}(?:\.[^\s@<>()[\],;:\\"\p{C}.]{1,63})+$/u;
/**
 * No control, format or line character, since a name goes into mail headers and logs. Joiners and direction marks
 * stay: Arabic, Persian and emoji need them. Overrides of the text direction are refused.
 */
const DISPLAY_NAME = /^(?:[^\p{C}\p{Zl}\p{Zp}]|[\u200c-\u200f]){1,200}$/u;
const NATIONAL_ID = /^[0-9A-Za-z./-]{4,32}$/;
const EXTERNAL_ID = /^[^\p{C}\p{Zl}\p{Zp}]{1,255}$/u;
const ROLE = /^[a-z][a-z-]{1,39}$/;

/** Widths of the columns of normalised names: compatibility forms can turn one character into eighteen. */
const LONGEST = { usernameKey: 192, emailKey: 254, displayNameKey: 600, roles: 255 } as const;

type CheckedFields = Pick<
  AccountDraft,
  'username' | 'email' | 'displayName' | 'givenName' | 'familyName' | 'roles' | 'nationalId' | 'externalId'
>;

/** Checks a new account. @throws AppError `validation.failed` naming every invalid field */
export function requireValidDraft(draft: AccountDraft): void {
  requireValidChanges({ ...draft, nationalId: draft.nationalId ?? undefined });
}

/** As {@link requireValidDraft}, for the given fields. */
export function requireValidChanges(changes: Partial<CheckedFields>): void {
  const wrong = wrongFields(changes);
  if (wrong.length) throw new AppError('validation.failed', { errors: wrong.map((field) => refused(field)) });
}

/** Names of the invalid fields; an omitted field is valid. */
export function wrongFields(changes: Partial<CheckedFields>): string[] {
  const { username, email, displayName, givenName, familyName, roles, nationalId, externalId } = changes;
  const right: Record<keyof CheckedFields, boolean> = {
    username: username === undefined || isUsername(username),
    email: email === undefined || (EMAIL.test(email) && fits(nameKey(email), LONGEST.emailKey)),
    displayName: displayName === undefined || isDisplayName(displayName),
    givenName: isNamePart(givenName),
    familyName: isNamePart(familyName),
    roles: roles === undefined || areRoles(roles),
    externalId: externalId === undefined || externalId === null || EXTERNAL_ID.test(externalId),
    nationalId: nationalId === undefined || nationalId === null || NATIONAL_ID.test(nationalId),
  };
  return Object.entries(right).flatMap(([field, accepted]) => (accepted ? [] : [field]));
}

function isUsername(text: string): boolean {
  return USERNAME.test(text) && fits(nameKey(text), LONGEST.usernameKey);
}

function isDisplayName(text: string): boolean {
  return DISPLAY_NAME.test(text) && hasVisibleText(text) && fits(sortKey(text), LONGEST.displayNameKey);
}

function isNamePart(text: string | null | undefined): boolean {
  return text === undefined || text === null || (isDisplayName(text) && fits(text, NAME_PART_LENGTH));
}

function areRoles(roles: readonly string[]): boolean {
  return roles.every((role) => ROLE.test(role)) && fits(roles.join(' '), LONGEST.roles, 0);
}

function fits(text: string, longest: number, shortest = 1): boolean {
  const length = [...text].length;
  return length >= shortest && length <= longest;
}

function refused(field: string): FieldError {
  return { field, code: 'invalid', message: `${field} is not valid` };
}
