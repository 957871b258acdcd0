import { KeyUsageFlags } from '@peculiar/asn1-x509';
import type { CardRefusal } from '../card.types';
import { type Certificate, isStrong } from './certificate';
import { allows, CLIENT_AUTH, hasUnknownCritical, isAuthority, isFor } from './extensions';

/** Why a certificate, or an authority above it, is not good at this time. */
export function dateRefusal(
  certificate: Certificate,
  chain: readonly Certificate[],
  now: Date,
): CardRefusal | undefined {
  const all = [certificate, ...chain];
  if (all.some((one) => now < one.notBefore)) return 'not-yet-valid';
  return all.some((one) => now > one.notAfter) ? 'expired' : undefined;
}

/** Why a certificate does not prove, in TLS, who presents it. */
export function usageRefusal(certificate: Certificate): CardRefusal | undefined {
  if (hasUnknownCritical(certificate)) return 'unknown-critical-extension';
  if (!isStrong(certificate.structure.signatureAlgorithm.algorithm, certificate.publicKey))
    return 'weak-algorithm';
  const authenticates =
    allows(certificate, KeyUsageFlags.digitalSignature) && isFor(certificate, CLIENT_AUTH);
  return authenticates && !isAuthority(certificate, 0) ? undefined : 'not-for-authentication';
}
