import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '@portillon/kernel';
import { GuardedProvider, LET_GO_MS, Sending } from './guarded-provider';
import type { SendAttempt } from './send-attempt';
import type { Delivery } from './outbox';

export interface CourierOptions {
  tryTimeoutMs: number;
  deadlineMs: number;
  retries: number;
}

/** How an errand ended. */
export interface Outcome {
  delivery: Delivery;
  provider: string | null;
  reference: string | null;
  reason: string | null;
  /** Whether it surely did not leave but might when asked again later. */
  mayStillLeave: boolean;
}

const JITTER_BASE_MS = 200;
/** Less than this is not worth beginning a try. */
const SHORTEST_TRY_MS = 250;

/** Brings one message to the first provider that takes it: never to a second one unless the first surely has not. */
export class Courier<Sendable> {
  constructor(
    readonly providers: readonly GuardedProvider<Sendable>[],
    private readonly options: CourierOptions,
    private readonly random: Random,
  ) {}

  async deliver(message: Sendable, sending: Sending): Promise<Outcome> {
    const end = performance.now() + this.options.deadlineMs;
    let outcome: Outcome = { ...FAILED, reason: 'no provider' };
    for (const provider of this.providers) {
      const attempt = await this.#tryUntil(end, provider, message, sending);
      outcome = outcomeOf(attempt, provider.name);
      if (!outcome.mayStillLeave) return outcome;
    }
    return outcome;
  }

  async #tryUntil(end: number, provider: GuardedProvider<Sendable>, message: Sendable, sending: Sending) {
    for (let retry = 0; ; retry++) {
      const limit = Math.min(this.options.tryTimeoutMs, end - performance.now() - LET_GO_MS);
      if (limit < Math.min(SHORTEST_TRY_MS, this.options.tryTimeoutMs)) return OUT_OF_TIME;
      const attempt = await provider.try(message, sending, limit);
      if (attempt.status !== 'deferred' || retry >= this.options.retries) return attempt;
      await sleep(this.#pause(retry));
    }
  }

  /** Between half and one and a half of 200 ms, then 400 ms: those refused together do not come back together. */
  #pause(retry: number): number {
    return JITTER_BASE_MS * 2 ** retry * (0.5 + this.random.fraction());
  }
}

const OUT_OF_TIME: SendAttempt = { status: 'unusable', reason: 'out of time' };
const FAILED: Outcome = {
  delivery: 'FAILED',
  provider: null,
  reference: null,
  reason: null,
  mayStillLeave: true,
};

function outcomeOf(attempt: SendAttempt, provider: string): Outcome {
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
