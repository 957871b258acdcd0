import SCIMMY from 'scimmy';
import { knownPath, requireFew, valuesIn } from './scim-attributes';
import { ScimFailure } from './scim-failure';
import { asFlag, messageOf, ScimUser } from './scim-user';

/** More than a directory ever sends, and little enough to be done while others wait. */
const MOST = 50;
const OPS = ['add', 'remove', 'replace'];

interface Operation {
  op: string;
  path?: string;
  value?: unknown;
}

/**
 * A resource after a PATCH (RFC 7644, 3.5.2), with Entra's spelling: `Replace`, `"False"`, names with a point.
 * @throws ScimFailure
 */
export async function patched(resource: Record<string, unknown>, body: unknown): Promise<ScimUser> {
  const { schemas, Operations } = (body ?? {}) as { schemas?: unknown; Operations?: unknown };
  if (!Array.isArray(Operations) || Operations.length === 0 || Operations.length > MOST)
    throw new ScimFailure(400, 'invalidSyntax', `Operations: 1 to ${MOST}.`);
  try {
    const operations = Operations.flatMap(readOperation);
    requireFew(operations.flatMap(({ value }) => valuesIn(value)));
    const user = new SCIMMY.Schemas.User(resource, 'out');
    if (operations.length === 0) return user;
    const message = new SCIMMY.Messages.PatchOp({ schemas, Operations: operations } as never);
    // Nothing is told when nothing changes.
    const after: unknown = await message.apply(
      user as never,
      (next: unknown) => Promise.resolve(next) as never,
    );
    return (after ?? user) as unknown as ScimUser;
  } catch (error) {
    if (error instanceof ScimFailure) throw error;
    const { scimType } = error as { scimType?: string };
    throw new ScimFailure(400, scimType ?? 'invalidValue', messageOf(error));
  }
}

/** An operation on what an account has; none when it is on something else. @throws ScimFailure */
function readOperation(operation: unknown): Operation[] {
  const { op: given, path, value } = (operation ?? {}) as { op?: unknown; path?: unknown; value?: unknown };
  const op = typeof given === 'string' ? given.toLowerCase() : '';
  if (!OPS.includes(op)) throw new ScimFailure(400, 'invalidSyntax', 'op: add, remove or replace.');
  if (path === undefined) return [{ op, value: knownMembers(value) }];
  const known = knownPath(path);
  if (known === undefined) return [];
  if (op === 'remove') return [{ op, path: known, ...withoutValue(known, value) }];
  return [{ op, path: known, ...(value !== undefined && { value: plainValue(known, value) }) }];
}

/** Without a path, each member of the value is one (RFC 7644, 3.5.2.1). */
function knownMembers(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const members = Object.entries(value).flatMap(([path, one]) => {
    const known = knownPath(path);
    return known === undefined ? [] : [[known, plainValue(known, one)] as const];
  });
  return Object.fromEntries(members);
}

/** Of what a path names all goes (RFC 7644, 3.5.2.2). scimmy would make a filter of a value: a stranger's text again. */
function withoutValue(path: string, value: unknown): object {
  if (path !== 'emails' || value === undefined) return {};
  throw new ScimFailure(400, 'invalidValue', 'What is removed is named by the path: emails[type eq "work"].');
}

function plainValue(path: string, value: unknown): unknown {
  return path === 'active' ? asFlag(value) : value;
}
