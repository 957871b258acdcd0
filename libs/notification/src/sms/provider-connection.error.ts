import type { SendAttempt } from '../channels/channel-provider.types';

/** The connection failed. `handedOver`: whether the provider may have received the request. */
export class ProviderConnectionError extends Error {
  override readonly name = 'ProviderConnectionError';

  constructor(
    readonly code: string,
    readonly handedOver: boolean,
  ) {
    super(`connection to the provider failed: ${code}`);
  }
}

/** A gateway that lost the answer does not know whether the request was processed. */
const LOST_ANSWER = new Set([502, 504]);

/** Result of a message whose request failed. @throws any error that is not a failure of the connection */
export function connectionFailure(provider: string, error: unknown): SendAttempt {
  if (!(error instanceof ProviderConnectionError)) throw error;
  const { code, handedOver } = error;
  const reason = `${provider} ${code}`;
  if (handedOver) return { status: 'unconfirmed', reason };
  if (code === 'ERR_CANCELED') return { status: 'unusable', reason };
  return { status: 'deferred', reason, providerFault: true };
}

/** Result of a message that was not accepted, for HTTP statuses that mean the same at every provider. */
export function statusFailure(status: number, reason: string): SendAttempt | undefined {
  if (LOST_ANSWER.has(status)) return { status: 'unconfirmed', reason };
  if (status === 429 || status >= 500) return { status: 'deferred', reason, providerFault: true };
  return undefined;
}
