import SCIMMY from 'scimmy';
import { ScimFailure } from './scim-error.filter';

/** The attributes of a resource, by lower-case name: SCIM names ignore case (RFC 7643, 2.1). */
const ATTRIBUTES = byName(
  'schemas',
  'id',
  'externalId',
  'userName',
  'displayName',
  'name',
  'emails',
  'title',
  'active',
);

/** The other attributes that directories send as they are set up (Entra, Okta); no account has them. */
const OTHERS = new Set(
  (SCIMMY.Schemas.User.definition.describe() as { attributes: { name: string }[] }).attributes
    .map(({ name }) => name.toLowerCase())
    .filter((name) => !ATTRIBUTES.has(name)),
);

const LONGEST_PATH = 100;
const MAIL_PARTS = ['', '.value', '.type', '.primary', '.display'];
const MAIL_CHOICES = ['[type eq "work"]', '[type eq "home"]', '[type eq "other"]', '[primary eq true]'];

/** The paths that scimmy is ever given: its expressions take hours for what others can be made of. */
const PATHS = byName(
  ...ATTRIBUTES.values(),
  ...['name.formatted', 'name.givenName', 'name.familyName'],
  ...MAIL_CHOICES.flatMap((choice) => MAIL_PARTS.map((part) => `emails${choice}${part}`)),
);
const CORE = 'urn:ietf:params:scim:schemas:core:2.0:user:';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:user';
/** The national id of a new user; a change ignores it. */
export const EXTENSION = 'urn:portillon:params:scim:schemas:extension:health:1.0:User';
/** An attribute, which of its values, and a part of these. */
const SHAPE = /^([a-z]+)(?:\[[^\]]*\])?(?:\.[a-z]+)?$/;

/** More than a directory stores about a user. */
const MOST_VALUES = 20;

/**
 * A path as scimmy knows it; nothing where no account has what it names, so that a directory may go on sending it.
 * @throws ScimFailure `invalidPath`
 */
export function knownPath(path: unknown): string | undefined {
  const text = typeof path === 'string' && path.length <= LONGEST_PATH ? path.toLowerCase() : '';
  const name = text.startsWith(CORE) ? text.slice(CORE.length) : text;
  const known = PATHS.get(name);
  if (known === undefined && !isOther(name)) throw new ScimFailure(400, 'invalidPath', 'No such attribute.');
  return known;
}

/** Keeps the members of a resource that an account has. @throws ScimFailure `invalidValue` for more than 20 values */
export function knownAttributes(resource: object): Record<string, unknown> {
  const members = Object.entries(resource).flatMap(([name, value]) => {
    const known = ATTRIBUTES.get(name.toLowerCase());
    return known === undefined ? [] : [[known, value] as const];
  });
  for (const [, value] of members) requireFew(valuesIn(value));
  return Object.fromEntries(members);
}

/** @throws ScimFailure `invalidValue` when there are more than 20 */
export function requireFew(values: readonly unknown[]): void {
  if (values.length > MOST_VALUES)
    throw new ScimFailure(400, 'invalidValue', `An attribute has at most ${MOST_VALUES} values.`);
}

/** The values of an attribute that has several, or of those among the members of an object. */
export function valuesIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return typeof value === 'object' && value !== null ? Object.values(value).filter(Array.isArray).flat() : [];
}

function isOther(name: string): boolean {
  return (
    name.startsWith(ENTERPRISE) ||
    name.startsWith(EXTENSION.toLowerCase()) ||
    OTHERS.has(SHAPE.exec(name)?.[1] ?? '')
  );
}

function byName(...names: string[]): ReadonlyMap<string, string> {
  return new Map(names.map((name) => [name.toLowerCase(), name]));
}
