import SCIMMY from 'scimmy';
import { ScimFailure } from './scim-failure';
import { asFlag, messageOf, ScimUser } from './scim-user';

/** More than a directory ever sends, and little enough to be done while others wait. */
const MOST = 50;

interface Operation {
  op: string;
  path?: unknown;
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
    const user = new SCIMMY.Schemas.User(resource, 'out');
    const message = new SCIMMY.Messages.PatchOp({ schemas, Operations: Operations.map(plain) } as never);
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

function plain(operation: unknown): Operation {
  const { op, path, value } = (operation ?? {}) as Operation;
  const rest = path === undefined ? {} : { path };
  return {
    op: String(op).toLowerCase(),
    ...rest,
    ...(value === undefined ? {} : { value: plainValue(path, value) }),
  };
}

function plainValue(path: unknown, value: unknown): unknown {
  if (typeof path === 'string' && path.toLowerCase() === 'active') return asFlag(value);
  if (path !== undefined || typeof value !== 'object' || value === null || !('active' in value)) return value;
  return { ...value, active: asFlag(value.active) };
}
