import type { SendAttempt } from '../channels/channel-provider.types';

interface SmtpError {
  code?: string;
  command?: string;
  responseCode?: number;
  /** The relay's last reply, such as `550 5.7.1 Relay access denied`. */
  response?: string;
}

/** Failures of the session, which every other mail would meet too. */
const SESSION = [
  'EAUTH',
  'ENOAUTH',
  'EOAUTH2',
  'ETLS',
  'EREQUIRETLS',
  'ECONFIG',
  'EPROXY',
  'EPROTOCOL',
  'ECONNECTION',
];
/** Failures without a reply for which a retry is useless now. A connection that took the whole time would take it again. */
const LASTING = [
  'EAUTH',
  'ENOAUTH',
  'EOAUTH2',
  'ETLS',
  'EREQUIRETLS',
  'ECONFIG',
  'EPROXY',
  'EABORT',
  'ETIMEDOUT',
];
/** The relay is closing (RFC 5321, 4.2.3). */
const CLOSING = 421;

/** RFC 3463 codes: `5.7.1` in `550 5.7.1 Relay access denied`. */
const ENHANCED_STATUS = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})(?=\s|$)/;
/** Policy (X.7), and faults of the sender's address (X.1.7, X.1.8): not the recipient's fault. */
const OF_RELAY = /^\d\.(?:7\.\d+|1\.[78])$/;
/** Authentication required (RFC 4954, 6). */
const UNAUTHENTICATED = 530;

/**
 * Classifies a failed sending. `handedOver`: whether the relay asked for the message (354) and got its first byte.
 * After that only the relay's answer shows that it refused the message.
 */
export function mailFailure(error: SmtpError, handedOver: boolean): SendAttempt {
  const { code = 'error', responseCode = 0 } = error;
  if (responseCode >= 400) return refusal(error, responseCode);
  const reason = `smtp ${code}`;
  if (handedOver) return { status: 'unconfirmed', reason };
  return LASTING.includes(code)
    ? { status: 'unusable', reason }
    : { status: 'deferred', reason, providerFault: true };
}

function refusal(error: SmtpError, responseCode: number): SendAttempt {
  const { code = 'error', command, response = '' } = error;
  const status = ENHANCED_STATUS.exec(response)?.[1];
  const reason = ['smtp', responseCode, status].filter(Boolean).join(' ');
  // The relay refuses our credentials or our address; another relay may accept them.
  const ofAll = SESSION.includes(code) || command === 'MAIL FROM' || isOfRelay(responseCode, status);
  if (responseCode >= 500) return { status: ofAll ? 'unusable' : 'refused', reason };
  return { status: 'deferred', reason, providerFault: ofAll || responseCode === CLOSING };
}

/** Whether the relay refuses us and not this recipient: it would refuse every other mail too, another relay may not. */
function isOfRelay(responseCode: number, status: string | undefined): boolean {
  return responseCode === UNAUTHENTICATED || (status !== undefined && OF_RELAY.test(status));
}
