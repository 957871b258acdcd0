import type { KeyConflict } from './key-rotation.types';

/** Describes the skipped step of a rotation, in words that follow `SECRET_KEYS`. Contains key ids, never a key. */
export function conflictText({ kind, keyId, instance }: KeyConflict): string {
  if (kind === 'lacking')
    return `lacks ${keyId}, the key with which ${instance.name} makes: what it makes could not be read here. Add it`;
  return (
    `begins with ${keyId}, which ${instance.name} does not have: what is made here could not be read there. ` +
    `A rotation has two steps: first ${keyId} last, on every instance and worker; then, when all of them run so, ${keyId} first`
  );
}
