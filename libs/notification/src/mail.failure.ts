import type { SendAttempt } from './send-attempt';

interface SmtpError {
  code?: string;
  responseCode?: number;
}

/** The relay says that it is closing: the whole of it ails, not this message (RFC 5321, 4.2.3). */
const CLOSING = 421;
/** Failures of the session before any message: another mail would meet them too. */
const SESSION = new Set(['EAUTH', 'ENOAUTH', 'EOAUTH2', 'ETLS', 'EREQUIRETLS', 'ECONFIG', 'EPROXY']);

/**
 * What a failed sending means. `handedOver` tells whether the relay asked for the message (354) and got its first byte:
 * from there on only its answer says that it did not take it.
 */
export function mailFailure(error: SmtpError, handedOver: boolean): SendAttempt {
  const { code = 'error', responseCode = 0 } = error;
  const reason = responseCode ? `smtp ${responseCode}` : `smtp ${code}`;
  if (SESSION.has(code)) return { status: 'unusable', reason };
  if (responseCode >= 500 && responseCode < 600) return { status: 'refused', reason };
  if (responseCode >= 400) return { status: 'deferred', reason, providerFault: responseCode === CLOSING };
  if (handedOver) return { status: 'unconfirmed', reason };
  if (code === 'EABORT' || code === 'ETIMEDOUT') return { status: 'unusable', reason };
  return { status: 'deferred', reason, providerFault: true };
}
