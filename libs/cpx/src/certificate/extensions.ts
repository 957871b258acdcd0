import { AsnConvert } from '@peculiar/asn1-schema';
import {
  BasicConstraints,
  ExtendedKeyUsage,
  id_ce_basicConstraints,
  id_ce_certificatePolicies,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_subjectAltName,
  KeyUsage,
  KeyUsageFlags,
  SubjectAlternativeName,
} from '@peculiar/asn1-x509';
import type { CardRefusal } from '../card.types';
import { Certificate, isStrong } from './certificate';

const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
const UPN = '1.3.6.1.4.1.311.20.2.3';
const UNDERSTOOD = new Set<string>([
  id_ce_basicConstraints,
  id_ce_certificatePolicies,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_subjectAltName,
]);

/** Caches parsed extensions: the content of a certificate does not change. */
const known = new WeakMap<Certificate, Map<string, unknown>>();

/** RFC 5280, 4.2: a critical extension that is not understood makes the certificate invalid. */
export function hasUnknownCritical(certificate: Certificate): boolean {
  return [...certificate.extensions].some(([id, { critical }]) => critical && !UNDERSTOOD.has(id));
}

export function allows(certificate: Certificate, usage: KeyUsageFlags): boolean {
  const stated = read(certificate, id_ce_keyUsage, KeyUsage);
  return stated !== undefined && (stated.toNumber() & usage) !== 0;
}

export function hasPurpose(certificate: Certificate, purpose: string): boolean {
  return read(certificate, id_ce_extKeyUsage, ExtendedKeyUsage)?.includes(purpose) ?? false;
}

/** Whether it may sign certificates, with `below` authorities between it and the card. */
export function isAuthority(certificate: Certificate, below: number): boolean {
  const stated = read(certificate, id_ce_basicConstraints, BasicConstraints);
  if (!stated?.cA) return false;
  return stated.pathLenConstraint === undefined || below <= stated.pathLenConstraint;
}

/** The user principal names, such as `899700366240@carte-cps.fr`. */
export function principalNames(certificate: Certificate): string[] {
  const stated = read(certificate, id_ce_subjectAltName, SubjectAlternativeName);
  const others = (stated ?? []).flatMap((one) => one.otherName ?? []);
  return others.filter((one) => one.typeId === UPN).map((one) => text(one.value));
}

/** The value of a text or number of one or more bytes that an extension holds: its bytes without tag and length. */
export function extensionContent(certificate: Certificate, id: string, tag: number): Buffer | undefined {
  const extension = certificate.extensions.get(id);
  return extension && content(Buffer.from(extension.value), tag);
}

/** @throws Error when it cannot be read, each time. */
function read<Read>(certificate: Certificate, id: string, form: new () => Read): Read | undefined {
  const extension = certificate.extensions.get(id);
  if (!extension) return undefined;
  const read = known.get(certificate) ?? new Map<string, unknown>();
  known.set(certificate, read);
  if (!read.has(id)) read.set(id, AsnConvert.parse(extension.value, form));
  return read.get(id) as Read;
}

function text(value: ArrayBuffer): string {
  // [0] EXPLICIT UTF8String
  const bytes = Buffer.from(value);
  const inner = content(bytes, 0xa0) ?? bytes;
  return content(inner, 0x0c)?.toString('utf8') ?? '';
}

/** Of DER with a short length, which is all that a card's private extensions need. */
function content(der: Buffer, tag: number): Buffer | undefined {
  const length = der[1];
  if (der[0] !== tag || length === undefined || length > 127 || der.length !== length + 2) return undefined;
  return der.subarray(2);
}

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
    allows(certificate, KeyUsageFlags.digitalSignature) && hasPurpose(certificate, CLIENT_AUTH);
  return authenticates && !isAuthority(certificate, 0) ? undefined : 'not-for-authentication';
}
