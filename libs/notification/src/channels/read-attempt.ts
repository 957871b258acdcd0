import type { SendAttempt } from './channel-provider.types';

const LONGEST_REFERENCE = 191;
const LONGEST_REASON = 64;

/**
 * What a provider answered, in the lengths that the delivery log takes. A provider that answers in another shape does
 * not say whether it had the message: it may have left.
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
