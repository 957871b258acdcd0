import { AppError, FieldError, hasVisibleText, nameKey, sortKey } from '@portillon/kernel';
import { NameParts } from './account.types';
import type { AccountDraft } from './account.types';
import type { NewMembership } from '../membership/membership.types';

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
/** What a person does in a structure. */
const FUNCTION = /^[^\p{C}\p{Zl}\p{Zp}]{1,80}$/u;
const ROLE = /^[a-z][a-z-]{1,39}$/;

/** Widths of the columns of normalised names: compatibility forms can turn one character into eighteen. */
const LONGEST = { usernameKey: 192, emailKey: 254, displayNameKey: 600, roles: 255 } as const;

type CheckedFields = Pick<
  AccountDraft,
  'username' | 'email' | 'displayName' | 'givenName' | 'familyName' | 'roles' | 'nationalId' | 'externalId'
> &
  Pick<NewMembership, 'function'>;

/** Checks a new account. @throws AppError `validation.failed` naming every invalid field */
export function requireValidDraft(draft: AccountDraft): void {
  requireValidChanges({ ...draft, nationalId: draft.nationalId ?? undefined });
}

/** As {@link requireValidDraft}, for the given fields. */
export function requireValidChanges(changes: Partial<CheckedFields>): void {
  const wrong = wrongFields(changes);
  if (wrong.length) throw invalidFields(wrong);
}

export function invalidFields(fields: readonly string[]): AppError {
  return new AppError('validation.failed', { errors: fields.map((field) => refused(field)) });
}

/** Names of the invalid fields; an omitted field is valid. */
export function wrongFields(changes: Partial<CheckedFields>): string[] {
  const { username, email, displayName, givenName, familyName, roles } = changes;
  const right: Record<keyof CheckedFields, boolean> = {
    username: username === undefined || isUsername(username),
    email: email === undefined || (EMAIL.test(email) && fits(nameKey(email), LONGEST.emailKey)),
    displayName: displayName === undefined || isDisplayName(displayName),
    givenName: isNamePart(givenName),
    familyName: isNamePart(familyName),
    roles: roles === undefined || areRoles(roles),
    externalId: matches(changes.externalId, EXTERNAL_ID),
    function: matches(changes.function, FUNCTION),
    nationalId: matches(changes.nationalId, NATIONAL_ID),
  };
  return Object.entries(right).flatMap(([field, accepted]) => (accepted ? [] : [field]));
}

function matches(text: string | null | undefined, pattern: RegExp): boolean {
  return text === undefined || text === null || pattern.test(text);
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

type NameChanges = Partial<NameParts> & { displayName?: string };

/** Maximum length: two parts with a space between fit into a display name of 200 characters. */
export const NAME_PART_LENGTH = 99;

/** Returns the display name from the parts; empty without parts. */
export function fullName({ givenName, familyName }: Partial<NameParts>): string {
  return [givenName?.trim(), familyName?.trim()].filter(Boolean).join(' ');
}

/** Name of a new account: the display name, else the parts, else the user name. */
export function shownName({ displayName, username, ...parts }: NameChanges & { username: string }): string {
  return displayName ?? (fullName(parts) || username);
}

/** Whether a change sets the parts but not the display name. */
export function renames({ givenName, familyName, displayName }: NameChanges): boolean {
  return displayName === undefined && (givenName !== undefined || familyName !== undefined);
}

/** Updates a display name that was made of the parts; one that was set otherwise stays. */
export function followed<Changes extends NameChanges>(
  before: NameParts & { displayName: string },
  changes: Changes,
): Changes {
  const displayName = fullName({ ...before, ...changes });
  const follows = renames(changes) && displayName !== '' && before.displayName === fullName(before);
  return follows ? { ...changes, displayName } : changes;
}

export const ADMINISTRATOR_ROLES = ['structure-admin', 'national-admin'] as const;
/** Reads the journal and the statistics of its structure, or of the whole service without one; changes nothing. */
export const AUDITOR_ROLE = 'auditor';
/** Roles with access to other people's data. */
export const PRIVILEGED_ROLES = [...ADMINISTRATOR_ROLES, AUDITOR_ROLE] as const;

/** Whether these roles give access to other people's data: the account is protected like an administrator's. */
export function isPrivileged(roles: readonly string[]): boolean {
  return PRIVILEGED_ROLES.some((role) => roles.includes(role));
}

export const NATIONAL = 'national-admin';

/** The roles of an account that hold in the structure that manages it: a national one belongs to the account. */
export function structureRoles(roles: readonly string[]): string[] {
  return roles.filter((role) => role !== NATIONAL);
}

/** The roles of a person who works under this membership: those held there, and the national one. */
export function rolesUnder(
  account: { roles: readonly string[] },
  membership: { roles: readonly string[]; manages: boolean } | undefined,
): string[] {
  if (!membership || membership.manages) return [...account.roles];
  return [...membership.roles, ...account.roles.filter((role) => role === NATIONAL)];
}

/** The roles of the account and of its memberships, each once. */
export function heldRoles({ roles, memberships = [] }: RolesHolder): string[] {
  return [...new Set([...roles, ...memberships.flatMap((one) => one.roles)])];
}

interface RolesHolder {
  roles: readonly string[];
  memberships?: readonly { roles: readonly string[] }[];
}

/** Whether both lists have the same privileged roles. */
export function privilegedAlike(before: readonly string[], after: readonly string[]): boolean {
  return PRIVILEGED_ROLES.every((role) => before.includes(role) === after.includes(role));
}

const MSSANTE = /@(?:[^@\s]+\.)?mssante\.fr$/i;

/**
 * Whether the address belongs to MSSanté, which accepts mail from its own operators only: no code arrives there. The
 * address may be kept all the same: the account holder may have SMS, a card or an e-CPS.
 */
export function isMssante(email: string): boolean {
  return MSSANTE.test(email);
}
