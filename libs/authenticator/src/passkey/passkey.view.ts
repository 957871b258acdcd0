import type { PasskeyEntity } from './passkey.entity';
import type { Passkey } from './passkey.types';

/** Returns the public data of a passkey, without its key and its credential. */
export function toPasskey(row: PasskeyEntity): Passkey {
  const { id, accountId, name, kind, identityProof, identityProvedAt, createdAt, lastUsedAt } = row;
  return { id, accountId, name, kind, identityProof, identityProvedAt, createdAt, lastUsedAt };
}
