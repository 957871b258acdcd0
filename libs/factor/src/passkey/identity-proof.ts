import type { IdentityProof } from '@portillon/authenticator';
import type { Session } from '@portillon/session';

/** How the identity of the session's holder was proven, unless the latest proof is a code or another provider's. */
export function identityProofOf({ means, proof }: Pick<Session, 'means' | 'proof'>): IdentityProof | null {
  if (proof.renewedBy === 'code' || proof.delegated) return null;
  return means === 'pro-sante-connect' || means === 'cpx' ? means : (proof.identity ?? null);
}
