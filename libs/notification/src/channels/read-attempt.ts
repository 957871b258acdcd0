import type { SendAttempt } from './channel-provider.types';

const LONGEST_REFERENCE = 191;
const LONGEST_REASON = 64;

/**
 * Checks a provider's answer and shortens its texts for the delivery log. A malformed answer counts as unconfirmed,
 * since the message may have left.
 */
export function readAttempt(answer: unknown): SendAttempt {
  const { status, reference, reason, providerFault } = (answer ?? {}) as Record<string, unknown>;
  const why = typeof reason === 'string' && reason ? reason.slice(0, LONGEST_REASON) : '-';
  switch (status) {
    case 'sent':
      return typeof reference === 'string'
        ? { status, reference: reference.slice(0, LONGEST_REFERENCE) }
        : { status };
    case 'deferred':
      return { status, reason: why, providerFault: providerFault !== false };
    case 'refused':
    case 'unusable':
    case 'unconfirmed':
      return { status, reason: why };
    default:
      return { status: 'unconfirmed', reason: 'answer malformed' };
  }
}
