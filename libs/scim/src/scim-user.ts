import { fullName } from '@portillon/account';
import type {
  Account,
  AccountChanges,
  MembershipProposal,
  MembershipRecord,
  NameParts,
} from '@portillon/account';
import SCIMMY from 'scimmy';
import { EXTENSION, knownAttributes } from './scim-attributes';
import { ScimFailure } from './scim-error.filter';

const SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User';
const LONGEST_NATIONAL_ID = 32;

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
  title?: string;
  active?: boolean;
}

/**
 * Whom a directory reads and changes: an account that its structure manages, a member whom another one manages, or a person
 * to whom it proposed a membership.
 */
export type ScimPerson =
  | { kind: 'managed'; account: Account }
  | { kind: 'member'; account: Account; place: MembershipRecord }
  | { kind: 'proposed'; proposal: MembershipProposal };

/** What a directory sees of a person. */
export interface SeenUser extends NameParts, Pick<Account, 'id' | 'username' | 'displayName' | 'externalId'> {
  /** Null: it belongs to an account of another structure. */
  email: string | null;
  title: string | null;
  active: boolean;
  createdAt: Date;
  changedAt: Date;
  version: string;
}

/** The only fields that a directory may set: never roles, factors or links. */
export interface DirectoryFields extends Partial<NameParts> {
  username: string;
  /** Default: built from the parts of the name, or unchanged. */
  displayName?: string;
  email: string;
  externalId: string | null;
  /** The function in the structure. Default: unchanged. */
  title?: string | null;
  active: boolean;
}

/** A person as their directory sees them. The user name and the address of another structure's account are not for it. */
export function seenUser(person: ScimPerson): SeenUser {
  if (person.kind === 'proposed') return seenProposal(person.proposal);
  const { account } = person;
  const { version, memberships } = account;
  const active = account.status !== 'DEACTIVATED';
  if (person.kind === 'managed') {
    const title = memberships.find(({ manages }) => manages)?.function ?? null;
    return { ...account, title, active, version: `W/"${version}"` };
  }
  const { externalId, function: title, version: edition } = person.place;
  const own = { username: externalId ?? account.id, email: null, externalId, title };
  return { ...account, ...own, active, version: `W/"${version}.${edition}"` };
}

function seenProposal({ id, externalId, function: title, proposedAt: at }: MembershipProposal): SeenUser {
  const username = externalId ?? id;
  const unknown = { email: null, givenName: null, familyName: null, active: false };
  const times = { createdAt: at, changedAt: at, version: `W/"${at.getTime()}"` };
  return { id, username, displayName: username, externalId, title, ...unknown, ...times };
}

/** A person as a resource (RFC 7643, 4.1). */
export function userOf(seen: SeenUser, publicUrl: string): Record<string, unknown> {
  return {
    schemas: [SCHEMA],
    id: seen.id,
    ...(seen.externalId !== null && { externalId: seen.externalId }),
    userName: seen.username,
    displayName: seen.displayName,
    ...nameOf(seen),
    ...(seen.title !== null && { title: seen.title }),
    ...(seen.email !== null && { emails: [{ value: seen.email, type: 'work' }] }),
    active: seen.active,
    meta: {
      resourceType: 'User',
      created: seen.createdAt.toISOString(),
      lastModified: seen.changedAt.toISOString(),
      location: `${publicUrl}/scim/v2/Users/${seen.id}`,
      version: seen.version,
    },
  };
}

function nameOf({ givenName, familyName }: NameParts): { name?: object } {
  const name = { ...(givenName !== null && { givenName }), ...(familyName !== null && { familyName }) };
  return Object.keys(name).length > 0 ? { name } : {};
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

/** The national id of a new user: the RPPS number, or the id with its first digit. */
export function nationalIdIn(body: unknown): string | undefined {
  const { [EXTENSION]: extension } = (body ?? {}) as Record<string, unknown>;
  const { nationalId } = (extension ?? {}) as Record<string, unknown>;
  return typeof nationalId === 'string' && nationalId.length <= LONGEST_NATIONAL_ID ? nationalId : undefined;
}

/**
 * Reads the fields of a resource. `needsMail`: its account is the directory's. @throws ScimFailure `invalidValue` without a
 * mail address
 */
export function fieldsOf(user: ScimUser, needsMail = true): DirectoryFields {
  const { userName, title } = user;
  const email = addressIn(user) ?? (needsMail ? undefined : userName);
  if (email === undefined) throw new ScimFailure(400, 'invalidValue', 'A mail address is needed: emails.');
  return {
    username: userName,
    ...namesIn(user),
    email,
    externalId: user.externalId ?? null,
    ...(title !== undefined && { title: title || null }),
    active: user.active ?? true,
  };
}

/** A user name that is an address is one. */
function addressIn({ userName, emails = [] }: ScimUser): string | undefined {
  return mailOf(emails) ?? (userName.includes('@') ? userName : undefined);
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
  const { active, title, displayName, ...named } = fields;
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
