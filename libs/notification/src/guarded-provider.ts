import {
  circuitBreaker,
  CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  handleWhenResult,
} from 'cockatiel';
import { isBrokenCircuitError } from 'cockatiel';
import type { Provider, SendAttempt } from './send-attempt';

export interface CircuitOptions {
  /** Faults in a row that open the circuit. */
  failures: number;
  /** How long it stays open before one message tries it again. */
  restMs: number;
}

/** How long a provider has to let go of a message after its time is over, before its answer is no longer waited for. */
export const LET_GO_MS = 100;
const OPEN: SendAttempt = { status: 'unusable', reason: 'circuit open' };

/** A provider behind its circuit breaker: while it ails, its messages fail at once instead of waiting for it. */
export class GuardedProvider<Sendable> {
  readonly #circuit: CircuitBreakerPolicy;
  #latencyMs: number | null = null;

  constructor(
    readonly provider: Provider<Sendable>,
    options: CircuitOptions,
  ) {
    this.#circuit = circuitBreaker(
      handleWhenResult((attempt) => isFault(attempt as SendAttempt)),
      { halfOpenAfter: options.restMs, breaker: new ConsecutiveBreaker(options.failures) },
    );
  }

  get name(): string {
    return this.provider.name;
  }

  /** Whether messages pass. */
  get closed(): boolean {
    return this.#circuit.state === CircuitState.Closed;
  }

  /** How long the latest answer took. */
  get latencyMs(): number | null {
    return this.#latencyMs;
  }

  /** One try, that ends within `limitMs` + {@link LET_GO_MS} whatever the provider does. */
  async try(message: Sendable, id: string, limitMs: number): Promise<SendAttempt> {
    // While one message tests an open circuit, cockatiel would make the others wait for its outcome.
    if (this.#circuit.state === CircuitState.HalfOpen) return OPEN;
    try {
      return await this.#circuit.execute(() => this.#timed(message, id, limitMs));
    } catch (error) {
      if (isBrokenCircuitError(error)) return OPEN;
      throw error;
    }
  }

  async #timed(message: Sendable, id: string, limitMs: number): Promise<SendAttempt> {
    const begun = performance.now();
    const attempt = await withinTime(limitMs, async (signal) => this.provider.send(message, { id, signal }));
    this.#latencyMs = Math.round(performance.now() - begun);
    return attempt;
  }
}

async function withinTime(
  limitMs: number,
  send: (signal: AbortSignal) => Promise<SendAttempt>,
): Promise<SendAttempt> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<SendAttempt>((resolve) => {
    const end = () => resolve({ status: 'unconfirmed', reason: 'time-out' });
    timer = setTimeout(() => {
      timer = setTimeout(end, LET_GO_MS);
      controller.abort();
    }, limitMs);
  });
  try {
    return await Promise.race([send(controller.signal).catch(unexpected), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A provider that throws does not say whether it had the message: believe the worst. */
function unexpected(error: unknown): SendAttempt {
  return { status: 'unconfirmed', reason: error instanceof Error ? error.name : 'error' };
}

function isFault(attempt: SendAttempt): boolean {
  if (attempt.status === 'deferred') return attempt.providerFault;
  return attempt.status === 'unusable' || attempt.status === 'unconfirmed';
}
