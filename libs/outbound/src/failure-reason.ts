import { ADDRESS_REFUSED } from './guarded-lookup';
import type { OutboundFailure } from './outbound.types';

const REASONS: Record<string, OutboundFailure['reason']> = {
  [ADDRESS_REFUSED]: 'address-refused',
  ENOTFOUND: 'host-unknown',
  EAI_AGAIN: 'host-unknown',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'answer-too-large',
};
/** Codes of OpenSSL and Node for a certificate that they reject. */
const CERTIFICATE = /^(CERT_|ERR_TLS_CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|INVALID_CA)/;

/** Classifies a request without an answer by the error of undici, Node or OpenSSL. */
export function failureReason(error: unknown): OutboundFailure['reason'] {
  const { name, code = '' } = error as { name?: string; code?: string };
  if (name === 'TimeoutError') return 'timeout';
  return REASONS[code] ?? (CERTIFICATE.test(code) ? 'certificate-refused' : 'unreachable');
}
