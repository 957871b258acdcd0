import type { KeyConflict, KeyRotation, RunningInstance } from './key-rotation.types';

/**
 * What the ring `keyIds` would do to a running instance, or it to the ring: nothing, when each can read what the other
 * makes. It is how a step of a rotation that was skipped shows.
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

/** `used`: the ids of the keys that have made something. One that made nothing, and is first nowhere, was added. */
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
