import { KeyObject, verify, X509Certificate } from 'node:crypto';
import { AsnConvert } from '@peculiar/asn1-schema';
import { Certificate as CertificateStructure, Name } from '@peculiar/asn1-x509';

/** Accepted signatures: SHA-2 with RSA or ECDSA (RGS B1). SHA-1 and MD5 can be forged. */
const HASHES: Record<string, string> = {
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
};
const LEAST_RSA_BITS = 2_048;

export function isStrong(algorithm: string, key: KeyObject): boolean {
  const { modulusLength } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'rsa' && (modulusLength ?? 0) < LEAST_RSA_BITS) return false;
  return algorithm in HASHES && (key.asymmetricKeyType === 'rsa' || key.asymmetricKeyType === 'ec');
}

/** Whether `key` signed `bytes`, with an algorithm that still proves something. */
export function isSignedBy(
  key: KeyObject,
  algorithm: string,
  bytes: ArrayBuffer | Uint8Array,
  signature: ArrayBuffer,
): boolean {
  const hash = HASHES[algorithm];
  if (!hash || !isStrong(algorithm, key)) return false;
  return verify(hash, new Uint8Array(bytes), key, Buffer.from(signature));
}

interface Extension {
  critical: boolean;
  value: ArrayBuffer;
}

/** A certificate as two readers parse it: OpenSSL for its signature, an X.509 library for its content. */
export interface Certificate {
  raw: Buffer;
  publicKey: KeyObject;
  x509: X509Certificate;
  structure: CertificateStructure;
  /** DER of the names, for comparing them to the byte (RFC 5280, 7.1, as issuers copy them). */
  subjectDer: Buffer;
  issuerDer: Buffer;
  /** Hexadecimal, without leading zeros. */
  serial: string;
  notBefore: Date;
  notAfter: Date;
  extensions: Map<string, Extension>;
}

/** Larger than any card's certificate: a longer one is not parsed. */
const LONGEST_DER = 8 * 1024;
const PEM = /^-----BEGIN CERTIFICATE-----\r?\n?([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----\s*$/;

/** Reads one certificate, or nothing when the bytes are not exactly one. */
export function readCertificate(der: Buffer): Certificate | undefined {
  if (der.length === 0 || der.length > LONGEST_DER) return undefined;
  try {
    return parse(der);
  } catch {
    return undefined;
  }
}

/** The bytes of a text that is one PEM certificate and nothing else. */
export function pemToDer(pem: string): Buffer | undefined {
  const body = PEM.exec(pem.trim())?.[1];
  return body === undefined ? undefined : Buffer.from(body.replace(/\s/g, ''), 'base64');
}

/** Hexadecimal of an INTEGER's bytes, so that two readers write one number alike. */
function serialText(bytes: ArrayBuffer): string {
  return Buffer.from(bytes)
    .toString('hex')
    .replace(/^0+(?=.)/, '');
}

export function nameDer(name: Name): Buffer {
  return Buffer.from(AsnConvert.serialize(name));
}

function parse(der: Buffer): Certificate | undefined {
  const x509 = new X509Certificate(der);
  // OpenSSL ignores what follows a certificate: two readers could see two things.
  if (!x509.raw.equals(der)) return undefined;
  const structure = AsnConvert.parse(der, CertificateStructure);
  const { tbsCertificate } = structure;
  const listed = tbsCertificate.extensions ?? [];
  const extensions = new Map(
    listed.map((one) => [one.extnID, { critical: one.critical, value: one.extnValue.buffer }]),
  );
  // An extension that comes twice means one thing to one reader and another to the next (RFC 5280, 4.2).
  if (extensions.size !== listed.length) return undefined;
  return {
    raw: der,
    publicKey: x509.publicKey,
    x509,
    structure,
    subjectDer: nameDer(tbsCertificate.subject),
    issuerDer: nameDer(tbsCertificate.issuer),
    serial: serialText(tbsCertificate.serialNumber),
    notBefore: tbsCertificate.validity.notBefore.getTime(),
    notAfter: tbsCertificate.validity.notAfter.getTime(),
    extensions,
  };
}

/**
 * The subject in the form of RFC 4514, in UTF-8, as `openssl x509 -noout -subject -nameopt RFC2253,-esc_msb` prints it.
 * Node escapes each value, line breaks included, so that no value can contain a line break or ` + `.
 */
export function subjectDn({ x509 }: Certificate): string {
  return x509.subject.split('\n').reverse().join(',').replaceAll(' + ', '+');
}
