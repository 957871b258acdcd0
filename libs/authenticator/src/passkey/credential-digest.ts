import { createHash } from 'node:crypto';

/** Search key of a credential, whose id has up to 1,023 bytes. */
export function credentialDigest(credentialId: string): string {
  return createHash('sha256').update(Buffer.from(credentialId, 'base64url')).digest('hex');
}
