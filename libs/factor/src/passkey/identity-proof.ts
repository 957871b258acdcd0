import type { IdentityProof } from '@portillon/authenticator';
import type { Session } from '@portillon/session';

/** How the identity of a session's person was proven, where its latest proof was no mere code, nor another provider's. */
export function identityProofOf({ means, proof }: Pick<Session, 'means' | 'proof'>): IdentityProof | null {
  if (proof.renewedBy === 'code' || proof.delegated) return null;
  return means === 'pro-sante-connect' || means === 'cpx' ? means : (proof.identity ?? null);
}
