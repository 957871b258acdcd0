import { timeout, TimeoutPolicy, TimeoutStrategy } from 'cockatiel';
import { GuardedProvider, LET_GO_MS, LONGEST_PAUSE_MS, Sending } from './guarded-provider';
import type { Delivery } from './outbox';
import type { SendAttempt } from './send-attempt';

/** What became of a message that was given to the providers. */
export interface DispatchResult {
  delivery: Delivery;
  provider: string | null;
  reference: string | null;
  reason: string | null;
  /** Whether it surely did not leave but might when asked again later. */
  mayStillLeave: boolean;
}

const FAILED: DispatchResult = {
  delivery: 'FAILED',
  provider: null,
  reference: null,
  reason: null,
  mayStillLeave: true,
};

/** Gives a message to the first provider that takes it: never to a second one unless the first surely has not. */
export class Dispatcher<Sendable> {
  readonly #deadline: TimeoutPolicy;

  /** `deadlineMs`: all tries of one message together. */
  constructor(
    readonly providers: readonly GuardedProvider<Sendable>[],
    deadlineMs: number,
  ) {
    const lastTryMs = deadlineMs - LET_GO_MS - LONGEST_PAUSE_MS;
    this.#deadline = timeout(lastTryMs, { strategy: TimeoutStrategy.Cooperative, abortOnReturn: false });
  }

  deliver(message: Sendable, sending: Sending): Promise<DispatchResult> {
    return this.#deadline.execute(({ signal }) => this.#tryEach(message, sending, signal));
  }

  async #tryEach(message: Sendable, sending: Sending, signal: AbortSignal): Promise<DispatchResult> {
    let result: DispatchResult = { ...FAILED, reason: 'no provider' };
    for (const provider of this.providers) {
      result = resultOf(await provider.send(message, sending, signal), provider.name);
      if (!result.mayStillLeave) break;
    }
    return result;
  }
}

function resultOf(attempt: SendAttempt, provider: string): DispatchResult {
  switch (attempt.status) {
    case 'sent':
      return {
        ...FAILED,
        provider,
        delivery: 'SENT',
        reference: attempt.reference ?? null,
        mayStillLeave: false,
      };
    case 'unconfirmed':
      return { ...FAILED, provider, delivery: 'UNCONFIRMED', reason: attempt.reason, mayStillLeave: false };
    case 'refused':
      return { ...FAILED, provider, reason: attempt.reason, mayStillLeave: false };
    default:
      return { ...FAILED, provider, reason: attempt.reason };
  }
}
