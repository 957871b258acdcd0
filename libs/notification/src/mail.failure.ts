import type { SendAttempt } from './send-attempt';

interface SmtpError {
  code?: string;
  command?: string;
  responseCode?: number;
}

/** Failures of the session and not of this message: every other mail would meet them too. */
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
/** Without a reply: asking again at once is no use. A connection that took the whole time would take it again. */
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
/** The relay says that it is closing (RFC 5321, 4.2.3). */
const CLOSING = 421;

/**
 * What a failed sending means. `handedOver` tells whether the relay asked for the message (354) and got its first byte:
 * from there on only its answer says that it did not take it.
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

function refusal({ code = 'error', command }: SmtpError, responseCode: number): SendAttempt {
  const reason = `smtp ${responseCode}`;
  // A relay that does not let us in, or not write from our address: another one may.
  const ofAll = SESSION.includes(code) || command === 'MAIL FROM';
  if (responseCode >= 500) return { status: ofAll ? 'unusable' : 'refused', reason };
  return { status: 'deferred', reason, providerFault: ofAll || responseCode === CLOSING };
}
