import {
  BasicOCSPResponse,
  CertID,
  id_kp_OCSPSigning,
  id_pkix_ocsp_basic,
  id_pkix_ocsp_nonce,
  OCSPRequest,
  OCSPResponse,
  OCSPResponseStatus,
  Request,
  SingleResponse,
  TBSRequest,
} from '@peculiar/asn1-ocsp';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { AlgorithmIdentifier, Extension } from '@peculiar/asn1-x509';
import { addMilliseconds, MINUTE } from '@portillon/kernel';
import { createHash } from 'node:crypto';
import { Certificate, isSignedBy, readCertificate } from '../certificate/certificate';
import { hasPurpose } from '../certificate/extensions';
import type { RevocationStatus } from './revocation-list';

/** Names the authority in a request; proves nothing, so that SHA-1, which every responder knows, is enough (RFC 6960). */
const SHA1 = '1.3.14.3.2.26';
const NULL = new Uint8Array([5, 0]).buffer;
/** Between our clock and the responder's. */
const SKEW_MS = 5 * MINUTE;
/** How old an answer that names no next update may be. */
const LONGEST_MS = 60 * MINUTE;

export interface OcspQuestion {
  certificate: Certificate;
  authority: Certificate;
  /** Fresh bytes that the answer must repeat, when it repeats any. */
  nonce: Buffer;
}

export function writeQuestion({ certificate, authority, nonce }: OcspQuestion): Buffer {
  const value = new OctetString(AsnConvert.serialize(new OctetString(nonce)));
  const tbsRequest = new TBSRequest({
    requestList: [new Request({ reqCert: certificateId(certificate, authority) })],
    requestExtensions: [new Extension({ extnID: id_pkix_ocsp_nonce, extnValue: value })],
  });
  return Buffer.from(AsnConvert.serialize(new OCSPRequest({ tbsRequest })));
}

/**
 * The status of the requested certificate in an answer. `unknown` unless the authority, or a responder that it named,
 * signed the answer for this certificate and the present time.
 */
export function readAnswer(bytes: Buffer, question: OcspQuestion, now: Date): RevocationStatus {
  const response = AsnConvert.parse(bytes, OCSPResponse);
  if (response.responseStatus !== OCSPResponseStatus.successful) return 'unknown';
  if (response.responseBytes?.responseType !== id_pkix_ocsp_basic) return 'unknown';
  const basic = AsnConvert.parse(response.responseBytes.response.buffer, BasicOCSPResponse);
  if (!isSigned(basic, question.authority, now) || !repeatsNonce(basic, question.nonce)) return 'unknown';
  const wanted = idText(certificateId(question.certificate, question.authority));
  const single = basic.tbsResponseData.responses.find((one) => idText(one.certID) === wanted);
  return single && isCurrent(single, now) ? statusOf(single) : 'unknown';
}

function statusOf({ certStatus }: SingleResponse): RevocationStatus {
  if (certStatus.revoked) return 'revoked';
  return certStatus.good === null ? 'good' : 'unknown';
}

function isCurrent({ thisUpdate, nextUpdate }: SingleResponse, now: Date): boolean {
  const end = nextUpdate ?? addMilliseconds(thisUpdate, LONGEST_MS);
  return addMilliseconds(thisUpdate, -SKEW_MS) <= now && now < addMilliseconds(end, SKEW_MS);
}

function isSigned(basic: BasicOCSPResponse, authority: Certificate, now: Date): boolean {
  const { signatureAlgorithm, signature, tbsResponseDataRaw, certs = [] } = basic;
  if (!tbsResponseDataRaw) return false;
  const delegates = certs.flatMap((one) => readCertificate(Buffer.from(AsnConvert.serialize(one))) ?? []);
  const signers = [authority, ...delegates.filter((one) => isDelegate(one, authority, now))];
  return signers.some((one) =>
    isSignedBy(one.publicKey, signatureAlgorithm.algorithm, tbsResponseDataRaw, signature),
  );
}

/** RFC 6960, 4.2.2.2: issued by the authority itself, and for this purpose. */
function isDelegate(certificate: Certificate, authority: Certificate, now: Date): boolean {
  return (
    certificate.issuerDer.equals(authority.subjectDer) &&
    certificate.x509.verify(authority.publicKey) &&
    hasPurpose(certificate, id_kp_OCSPSigning) &&
    certificate.notBefore <= now &&
    now <= certificate.notAfter
  );
}

/** A responder that answers from a stock repeats none; the times of its answer bound its age then. */
function repeatsNonce(basic: BasicOCSPResponse, nonce: Buffer): boolean {
  const extension = basic.tbsResponseData.responseExtensions?.find(
    (one) => one.extnID === id_pkix_ocsp_nonce,
  );
  if (!extension) return true;
  const repeated = AsnConvert.parse(extension.extnValue.buffer, OctetString);
  return Buffer.from(repeated.buffer).equals(nonce);
}

function certificateId(certificate: Certificate, authority: Certificate): CertID {
  const { subjectPublicKeyInfo } = authority.structure.tbsCertificate;
  return new CertID({
    hashAlgorithm: new AlgorithmIdentifier({ algorithm: SHA1, parameters: NULL }),
    issuerNameHash: new OctetString(sha1(authority.subjectDer)),
    issuerKeyHash: new OctetString(sha1(Buffer.from(subjectPublicKeyInfo.subjectPublicKey))),
    serialNumber: certificate.structure.tbsCertificate.serialNumber,
  });
}

function idText(id: CertID): string {
  const parts = [id.issuerNameHash.buffer, id.issuerKeyHash.buffer, id.serialNumber];
  return [id.hashAlgorithm.algorithm, ...parts.map((one) => Buffer.from(one).toString('hex'))].join(' ');
}

function sha1(bytes: Buffer): Buffer {
  return createHash('sha1').update(bytes).digest();
}
