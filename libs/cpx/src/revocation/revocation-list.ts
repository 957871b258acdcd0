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

/** The status of a certificate by a list or a responder; `unknown` refuses it. */
export type RevocationStatus = 'good' | 'revoked' | 'unknown';

/** The position of a DER element: its tag at `at`, its content from `start` to `end`. */
interface Element {
  tag: number;
  at: number;
  start: number;
  end: number;
}

/** The three parts of a list of revoked certificates that its size is not in the way of. */
interface ListParts {
  /** The list without its entries, for a parser that holds each element in memory. */
  withoutEntries: Buffer;
  /** The bytes that are signed. */
  signed: Buffer;
  /** Serials, hexadecimal without leading zeros. */
  serials: ReadonlySet<string>;
}

const SEQUENCE = 0x30;
const INTEGER = 0x02;
const TIMES = new Set([0x17, 0x18]);

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

/**
 * Parses a list (RFC 5280, 5.1) in one pass. It may have hundreds of thousands of entries: a general ASN.1 parser refuses
 * them, or blocks the main thread for seconds.
 *
 * @throws Error when the bytes are not exactly one such list
 */
export function takeApart(der: Buffer): ListParts {
  const list = expected(elementAt(der, 0, der.length), SEQUENCE);
  if (list.end !== der.length) throw new Error('bytes after the list');
  const [signed, ...rest] = elementsIn(der, list);
  const fields = elementsIn(der, expected(signed, SEQUENCE));
  const entries = fields.find(({ tag }, index) => tag === SEQUENCE && TIMES.has(fields[index - 1]?.tag ?? 0));
  const kept = fields.filter((one) => one !== entries);
  return {
    withoutEntries: sequence([
      sequence(kept.map((one) => whole(der, one))),
      ...rest.map((one) => whole(der, one)),
    ]),
    signed: whole(der, signed!),
    serials: new Set(entries ? elementsIn(der, entries).map((one) => serialOf(der, one)) : []),
  };
}

function serialOf(der: Buffer, entry: Element): string {
  const { start, end } = expected(elementAt(der, expected(entry, SEQUENCE).start, entry.end), INTEGER);
  const text = der.toString('hex', start, end);
  return text.replace(/^0+(?=.)/, '');
}

function elementsIn(der: Buffer, { start, end }: Element): Element[] {
  const elements: Element[] = [];
  for (let at = start; at < end; at = elements.at(-1)!.end) elements.push(elementAt(der, at, end));
  return elements;
}

function elementAt(der: Buffer, at: number, limit: number): Element {
  const first = at + 2 <= limit ? der[at + 1]! : 0x80;
  const octets = first < 0x80 ? 0 : first & 0x7f;
  // No length of DER is indefinite, and no file here has more than four octets of it.
  if (first === 0x80 || octets > 4 || at + 2 + octets > limit) throw new Error('not DER');
  const start = at + 2 + octets;
  const end = start + (octets === 0 ? first : der.readUIntBE(at + 2, octets));
  if (end > limit) throw new Error('cut short');
  return { tag: der[at]!, at, start, end };
}

function expected(element: Element | undefined, tag: number): Element {
  if (element?.tag !== tag) throw new Error('not a list of revoked certificates');
  return element;
}

function whole(der: Buffer, { at, end }: Element): Buffer {
  return der.subarray(at, end);
}

function sequence(parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const length = Buffer.alloc(5, 0x84);
  length.writeUInt32BE(content.length, 1);
  const head = content.length < 0x80 ? Buffer.of(content.length) : length;
  return Buffer.concat([Buffer.of(SEQUENCE), head, content]);
}
