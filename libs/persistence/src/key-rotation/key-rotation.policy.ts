/** A running process. */
export interface RunningInstance {
  /** Its name in the log. */
  name: string;
  /** Ids of its keys, the current one first. */
  keyIds: string[];
  announcedAt: Date;
}

/**
 * Why a ring must not be used beside another one in use. `unread`: its current key `keyId` is missing in the other.
 * `lacking`: it lacks the other's current key `keyId`.
 */
export interface KeyConflict {
  kind: 'unread' | 'lacking';
  keyId: string;
  instance: RunningInstance;
}

/** Number of rows of one kind that a key has made. */
export interface KeyUse {
  keyId: string;
  /** Such as `mobile numbers`. */
  what: string;
  rows: number;
  /** Whether a younger key vouches for them: they stay valid without this one. */
  vouched: boolean;
}

/** Step of a rotation, from the rings in use and the values of their keys. */
export type KeyRotation =
  /** All processes use one key. A new one may be added, at the end. */
  | { step: 'none' }
  /** `keyId` was added and is unused; `waitingFor` lack it, so it must not become the current key yet. */
  | { step: 'adding'; keyId: string; waitingFor: string[] }
  /** Every ring has `keyId`, which is unused: it may become the current key. */
  | { step: 'added'; keyId: string }
  /** Processes use different current keys. */
  | { step: 'changing'; makers: { keyId: string; names: string[] }[] };

/** Token of the columns of all parts that contain a key id. */
export const KEYED_COLUMNS = Symbol('KEYED_COLUMNS');

/**
 * Returns the conflict between the ring `keyIds` and a running instance, or nothing when each can read what the other
 * makes. A conflict shows a skipped step of a rotation.
 */
export function conflictOf(
  keyIds: readonly string[],
  running: readonly RunningInstance[],
): KeyConflict | undefined {
  const [first] = keyIds as [string];
  const unread = running.find((instance) => !instance.keyIds.includes(first));
  if (unread) return { kind: 'unread', keyId: first, instance: unread };
  const lacking = running.find((instance) => !keyIds.includes(makerOf(instance)));
  return lacking && { kind: 'lacking', keyId: makerOf(lacking), instance: lacking };
}

/** `used`: ids of keys that have made values. A key without values that is nowhere the first one was added. */
export function rotationOf(
  rings: readonly Pick<RunningInstance, 'name' | 'keyIds'>[],
  used: ReadonlySet<string>,
): KeyRotation {
  const makers = makersOf(rings);
  const isNew = (keyId: string) => !used.has(keyId) && !makers.some((maker) => maker.keyId === keyId);
  const added = rings.flatMap(({ keyIds }) => keyIds).find(isNew);
  if (added === undefined) return makers.length > 1 ? { step: 'changing', makers } : { step: 'none' };
  const waitingFor = rings.filter(({ keyIds }) => !keyIds.includes(added)).map(({ name }) => name);
  return waitingFor.length > 0
    ? { step: 'adding', keyId: added, waitingFor }
    : { step: 'added', keyId: added };
}

function makersOf(rings: readonly Pick<RunningInstance, 'name' | 'keyIds'>[]) {
  const names = new Map<string, string[]>();
  for (const ring of rings) names.set(makerOf(ring), [...(names.get(makerOf(ring)) ?? []), ring.name]);
  return [...names].map(([keyId, of]) => ({ keyId, names: of }));
}

function makerOf({ keyIds }: Pick<RunningInstance, 'keyIds'>): string {
  return keyIds[0]!;
}

/** Describes the skipped step of a rotation, in words that follow `SECRET_KEYS`. Contains key ids, never a key. */
export function conflictText({ kind, keyId, instance }: KeyConflict): string {
  if (kind === 'lacking')
    return `lacks ${keyId}, the key with which ${instance.name} makes: what it makes could not be read here. Add it`;
  return (
    `begins with ${keyId}, which ${instance.name} does not have: what is made here could not be read there. ` +
    `A rotation has two steps: first ${keyId} last, on every instance and worker; then, when all of them run so, ${keyId} first`
  );
}
