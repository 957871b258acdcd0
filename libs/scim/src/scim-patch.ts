import SCIMMY from 'scimmy';
import { knownPath, requireFew, valuesIn } from './scim-attributes';
import { ScimFailure } from './scim-error.filter';
import { asFlag, messageOf, ScimUser, SeenUser, userOf } from './scim-user';

/** More than a directory ever sends, and little enough to be done while others wait. */
const MOST = 50;
const OPS = ['add', 'remove', 'replace'];
/** The required attributes of an account (RFC 7644, 3.5.2.2). */
const REQUIRED = ['userName', 'displayName', 'active'];

interface Operation {
  op: string;
  path?: string;
  value?: unknown;
}

/**
 * Returns a person as they are after a PATCH (RFC 7644, 3.5.2). Accepts Entra's spelling: `Replace`, `"False"`, names with a
 * point. A display name is present only when the change sets it. @throws ScimFailure
 */
export async function patched(seen: SeenUser, body: unknown): Promise<ScimUser> {
  const { schemas, Operations } = (body ?? {}) as { schemas?: unknown; Operations?: unknown };
  if (!Array.isArray(Operations) || Operations.length === 0 || Operations.length > MOST)
    throw new ScimFailure(400, 'invalidSyntax', `Operations: 1 to ${MOST}.`);
  try {
    const operations = Operations.flatMap(readOperation);
    requireFew(operations.flatMap(({ value }) => valuesIn(value)));
    const user = new SCIMMY.Schemas.User(changeable(seen), 'out');
    if (operations.length === 0) return resultOf(user, seen);
    const message = new SCIMMY.Messages.PatchOp({ schemas, Operations: operations } as never);
    // An operation without effect is not recorded.
    const after: unknown = await message.apply(
      user as never,
      (next: unknown) => Promise.resolve(next) as never,
    );
    return resultOf((after ?? user) as ScimUser, seen);
  } catch (error) {
    if (error instanceof ScimFailure) throw error;
    const { scimType } = error as { scimType?: string };
    throw new ScimFailure(400, scimType ?? 'invalidValue', messageOf(error));
  }
}

/** An account has one address, the work and primary one. Clients may name it either way. */
function changeable(seen: SeenUser): Record<string, unknown> {
  const { displayName, ...resource } = userOf(seen, '');
  return {
    ...resource,
    ...(seen.email !== null && { emails: [{ value: seen.email, type: 'work', primary: true }] }),
  };
}

/** Of several addresses the last one counts. @throws ScimFailure `mutability` when none is left */
function resultOf({ name = {}, emails = [], ...user }: ScimUser, { email }: SeenUser): ScimUser {
  if (email !== null && !emails.some(({ value }) => value)) throw cannotGo('emails');
  const { formatted, givenName = '', familyName = '' } = name;
  return {
    ...user,
    title: user.title ?? '',
    emails: emails.toReversed(),
    name: { formatted, givenName, familyName },
  };
}

/** @throws ScimFailure `mutability` */
function requireKept(known: string, op: string, value: unknown): void {
  if (REQUIRED.includes(known) && (op === 'remove' || value === null)) throw cannotGo(known);
}

function cannotGo(name: string): ScimFailure {
  return new ScimFailure(400, 'mutability', `${name} is required: it can be replaced, and not removed.`);
}

/** Returns an operation on an attribute that accounts have; undefined for others. @throws ScimFailure */
function readOperation(operation: unknown): Operation[] {
  const { op: given, path, value } = (operation ?? {}) as { op?: unknown; path?: unknown; value?: unknown };
  const op = typeof given === 'string' ? given.toLowerCase() : '';
  if (!OPS.includes(op)) throw new ScimFailure(400, 'invalidSyntax', 'op: add, remove or replace.');
  if (path === undefined) return [{ op, value: knownMembers(value) }];
  const known = knownPath(path);
  if (known === undefined) return [];
  requireKept(known, op, value);
  if (op === 'remove') return [{ op, path: known, ...withoutValue(known, value) }];
  return [{ op, path: known, ...(value !== undefined && { value: plainValue(known, value) }) }];
}

/** Without a path, each member of the value is one (RFC 7644, 3.5.2.1). */
function knownMembers(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const members = Object.entries(value).flatMap(([path, one]) => {
    const known = knownPath(path);
    if (known === undefined) return [];
    requireKept(known, 'replace', one);
    return [[known, plainValue(known, one)] as const];
  });
  return Object.fromEntries(members);
}

/**
 * Removes all that a path names (RFC 7644, 3.5.2.2). scimmy would build a filter from the value, which is a stranger's
 * text.
 */
function withoutValue(path: string, value: unknown): object {
  if (path !== 'emails' || value === undefined) return {};
  throw new ScimFailure(400, 'invalidValue', 'What is removed is named by the path: emails[type eq "work"].');
}

function plainValue(path: string, value: unknown): unknown {
  return path === 'active' ? asFlag(value) : value;
}
