import type { KeyConflict, KeyRotation, RunningInstance } from './key-rotation.types';

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
