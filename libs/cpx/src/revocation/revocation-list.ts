import { AsnConvert } from '@peculiar/asn1-schema';
import {
  CertificateList,
  id_ce_cRLNumber,
  id_ce_issuingDistributionPoint,
  IssuingDistributionPoint,
  KeyUsageFlags,
} from '@peculiar/asn1-x509';
import { Certificate, isSignedBy, nameDer } from '../certificate/certificate';
import { allows } from '../certificate/extensions';
import { takeApart } from './revocation-entries';

/** One list of revoked certificates, as its file holds it. Nothing of it is believed before {@link isListOf}. */
export interface RevocationList {
  /** Without the entries. */
  structure: CertificateList;
  signed: Buffer;
  issuerDer: Buffer;
  thisUpdate: Date;
  nextUpdate: Date | null;
  serials: ReadonlySet<string>;
}

const UNDERSTOOD = new Set<string>([id_ce_issuingDistributionPoint, id_ce_cRLNumber]);
const PEM = /-----BEGIN X509 CRL-----([A-Za-z0-9+/=\s]+)-----END X509 CRL-----/;

/** Reads a list in DER or PEM. @throws Error when it is not a list. */
export function readRevocationList(file: Buffer): RevocationList {
  const pem = PEM.exec(pemText(file))?.[1];
  const { withoutEntries, signed, serials } = takeApart(pem ? Buffer.from(pem, 'base64') : file);
  const structure = AsnConvert.parse(withoutEntries, CertificateList);
  const { tbsCertList } = structure;
  return {
    structure,
    signed,
    issuerDer: nameDer(tbsCertList.issuer),
    thisUpdate: tbsCertList.thisUpdate.getTime(),
    nextUpdate: tbsCertList.nextUpdate?.getTime() ?? null,
    serials,
  };
}

/** Whether the authority itself signed the list, and it covers whole certificates of persons. */
export function isListOf(list: RevocationList, authority: Certificate): boolean {
  const { signatureAlgorithm, signature } = list.structure;
  return (
    list.issuerDer.equals(authority.subjectDer) &&
    allows(authority, KeyUsageFlags.cRLSign) &&
    isWhole(list) &&
    isSignedBy(authority.publicKey, signatureAlgorithm.algorithm, list.signed, signature)
  );
}

/** Issued, and not yet due to be replaced: a stale list is no list. */
export function isCurrent(list: RevocationList, now: Date): boolean {
  return list.thisUpdate <= now && list.nextUpdate !== null && list.nextUpdate > now;
}

/** Whether the list is complete, neither a delta nor a part: a partial list may omit a revoked certificate. */
function isWhole(list: RevocationList): boolean {
  const extensions = list.structure.tbsCertList.crlExtensions ?? [];
  if (extensions.some((one) => one.critical && !UNDERSTOOD.has(one.extnID))) return false;
  const point = extensions.find((one) => one.extnID === id_ce_issuingDistributionPoint);
  if (!point) return true;
  const part = AsnConvert.parse(point.extnValue, IssuingDistributionPoint);
  return !part.indirectCRL && !part.onlySomeReasons && !part.onlyContainsAttributeCerts;
}

/** A list may hold millions of bytes: made text only when it is one. */
function pemText(file: Buffer): string {
  return file.subarray(0, 11).toString('latin1') === '-----BEGIN ' ? file.toString('latin1') : '';
}
