import { type Account, type AccountChanges, fullName, type NameParts } from '@portillon/account';
import SCIMMY from 'scimmy';
import { knownAttributes } from './scim-attributes';
import { ScimFailure } from './scim-error.filter';

const SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User';

interface Mail {
  value?: string;
  type?: string;
  primary?: boolean;
}

/** A user, as a client of SCIM sees one. */
export interface ScimUser {
  id?: string;
  externalId?: string;
  userName: string;
  displayName?: string;
  name?: { formatted?: string | undefined; givenName?: string; familyName?: string };
  emails?: Mail[];
  active?: boolean;
}

/** The only fields that a directory may set: never roles, factors or links. */
export interface DirectoryFields extends Partial<NameParts> {
  username: string;
  /** Default: built from the parts of the name, or unchanged. */
  displayName?: string;
  email: string;
  externalId: string | null;
  active: boolean;
}

/** An account as a resource (RFC 7643, 4.1). */
export function userOf(account: Account, publicUrl: string): Record<string, unknown> {
  return {
    schemas: [SCHEMA],
    id: account.id,
    ...(account.externalId !== null && { externalId: account.externalId }),
    userName: account.username,
    displayName: account.displayName,
    ...nameOf(account),
    emails: [{ value: account.email, type: 'work' }],
    active: account.status !== 'DEACTIVATED',
    meta: {
      resourceType: 'User',
      created: account.createdAt.toISOString(),
      lastModified: account.changedAt.toISOString(),
      location: `${publicUrl}/scim/v2/Users/${account.id}`,
      version: versionOf(account),
    },
  };
}

function nameOf({ givenName, familyName }: Account): { name?: object } {
  const name = { ...(givenName !== null && { givenName }), ...(familyName !== null && { familyName }) };
  return Object.keys(name).length > 0 ? { name } : {};
}

/** A weak tag, as SCIM has them (RFC 7644, 3.14). */
export function versionOf({ version }: Pick<Account, 'version'>): string {
  return `W/"${version}"`;
}

/** A body as a resource. @throws ScimFailure `invalidSyntax`, `invalidValue` */
export function readUser(body: unknown): ScimUser {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new ScimFailure(400, 'invalidSyntax', 'The body is not a resource.');
  try {
    const { active, ...rest } = knownAttributes(body);
    const flags = active === undefined ? {} : { active: asFlag(active) };
    return new SCIMMY.Schemas.User({ ...rest, ...flags }, 'in');
  } catch (error) {
    if (error instanceof ScimFailure) throw error;
    throw new ScimFailure(400, 'invalidValue', messageOf(error));
  }
}

/** Reads the account's fields of a resource. @throws ScimFailure `invalidValue` without a mail address */
export function fieldsOf(user: ScimUser): DirectoryFields {
  const { userName } = user;
  const email = mailOf(user.emails ?? []) ?? (userName.includes('@') ? userName : undefined);
  if (email === undefined) throw new ScimFailure(400, 'invalidValue', 'A mail address is needed: emails.');
  return {
    username: userName,
    ...namesIn(user),
    email,
    externalId: user.externalId ?? null,
    active: user.active ?? true,
  };
}

/** The name fields: the parts when one of them is present, otherwise the whole name. */
function namesIn({ displayName, name = {} }: ScimUser): Partial<NameParts> & { displayName?: string } {
  const { givenName, familyName, formatted } = name;
  const parts = { givenName: givenName || null, familyName: familyName || null };
  const shown = displayName ?? (fullName(parts) ? undefined : formatted);
  const isSaid = givenName !== undefined || familyName !== undefined;
  return { ...(shown && { displayName: shown }), ...(isSaid && parts) };
}

/** The changed fields of an account. A display name that is sent with parts of the name does not follow them. */
export function scimChangesOf(account: Account, fields: DirectoryFields): AccountChanges {
  const { active, displayName, ...named } = fields;
  const present = { ...account } as Record<string, unknown>;
  const changed = Object.entries(named).filter(([name, value]) => present[name] !== value);
  const isRenamed = changed.some(([name]) => name === 'givenName' || name === 'familyName');
  const isShown = displayName !== undefined && (isRenamed || displayName !== account.displayName);
  return { ...Object.fromEntries(changed), ...(isShown && { displayName }) };
}

/** Entra writes truth as a text. */
export function asFlag(value: unknown): boolean {
  const text = typeof value === 'string' ? value.toLowerCase() : value;
  if (text === true || text === 'true') return true;
  if (text === false || text === 'false') return false;
  throw new ScimFailure(400, 'invalidValue', 'active is true or false.');
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 200) : 'The request cannot be read.';
}

function mailOf(mails: Mail[]): string | undefined {
  const chosen =
    mails.find(({ primary }) => primary) ?? mails.find(({ type }) => type === 'work') ?? mails[0];
  return chosen?.value;
}
