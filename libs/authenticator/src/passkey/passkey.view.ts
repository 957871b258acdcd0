import type { PasskeyEntity } from './passkey.entity';
import type { Passkey } from './passkey.types';

/** What others may know of a passkey: neither its key nor its credential. */
export function toPasskey(row: PasskeyEntity): Passkey {
  const { id, accountId, name, kind, identityProof, identityProvedAt, createdAt, lastUsedAt } = row;
  return { id, accountId, name, kind, identityProof, identityProvedAt, createdAt, lastUsedAt };
}
