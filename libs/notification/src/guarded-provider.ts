import {
  circuitBreaker,
  CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  handleWhenResult,
  isBrokenCircuitError,
  timeout,
  TimeoutPolicy,
  TimeoutStrategy,
} from 'cockatiel';
import { Provider, readAttempt, SendAttempt, SendContext } from './send-attempt';

export interface CircuitOptions {
  /** Faults in a row that open the circuit. */
  failures: number;
  /** How long it stays open before a look at the provider, or one message, tries it again. */
  restMs: number;
  /** How long a look at the provider may take. */
  checkMs: number;
}

/** The message's own part of what a provider is told. */
export type Sending = Omit<SendContext, 'signal'>;

/** How long a provider has to let go of a message after its time is over, before its answer is no longer waited for. */
export const LET_GO_MS = 100;
const LONGEST_NAME = 64;
const OPEN: SendAttempt = { status: 'unusable', reason: 'circuit open' };

/** A provider behind its circuit breaker: while it ails, its messages fail at once instead of waiting for it. */
export class GuardedProvider<Sendable> {
  readonly #circuit: CircuitBreakerPolicy;
  readonly #checkLimit: TimeoutPolicy;
  #latencyMs: number | null = null;
  #probing?: Promise<unknown>;

  constructor(
    readonly provider: Provider<Sendable>,
    private readonly options: CircuitOptions,
  ) {
    this.#checkLimit = timeout(options.checkMs, TimeoutStrategy.Aggressive);
    this.#circuit = circuitBreaker(
      handleWhenResult((attempt) => isFault(attempt as SendAttempt)),
      { halfOpenAfter: options.restMs, breaker: new ConsecutiveBreaker(options.failures) },
    );
  }

  /** What the delivery log calls it. */
  get name(): string {
    return String(this.provider.name).slice(0, LONGEST_NAME);
  }

  /** Whether messages pass. */
  get closed(): boolean {
    return this.#circuit.state === CircuitState.Closed;
  }

  /** How long the latest answer took. */
  get latencyMs(): number | null {
    return this.#latencyMs;
  }

  /** Whether the provider answers, and how long that took. Without a check of its own, what its circuit knows. */
  async look(): Promise<{ up: boolean; latencyMs: number | null }> {
    if (!this.provider.check) return { up: this.closed, latencyMs: this.#latencyMs };
    const begun = performance.now();
    const up = this.closed ? await this.#answers() : await this.probe();
    return { up, latencyMs: up ? Math.round(performance.now() - begun) : null };
  }

  /**
   * Looks whether a provider that was left alone is back, once its rest is over, and closes its circuit when it is.
   * Resolves to whether messages pass.
   */
  async probe(): Promise<boolean> {
    if (this.closed || !this.provider.check) return this.closed;
    this.#probing ??= this.#circuit
      .execute(async (): Promise<SendAttempt> => ((await this.#answers()) ? { status: 'sent' } : OPEN))
      .catch(ignoreOpenCircuit)
      .finally(() => (this.#probing = undefined));
    await this.#probing;
    return this.closed;
  }

  /** One try, that ends within `limitMs` + {@link LET_GO_MS} whatever the provider does. */
  async try(message: Sendable, sending: Sending, limitMs: number): Promise<SendAttempt> {
    const end = performance.now() + limitMs;
    // While an open circuit is being tested, cockatiel would make the others wait for the outcome.
    if (this.#circuit.state === CircuitState.HalfOpen) return OPEN;
    if (!this.closed && this.provider.check && !(await this.#isBack(limitMs))) return OPEN;
    try {
      return await this.#circuit.execute(() => this.#timed(message, sending, end - performance.now()));
    } catch (error) {
      if (isBrokenCircuitError(error)) return OPEN;
      throw error;
    }
  }

  /** Whether a message may try a provider that was left alone: it does not wait for a look longer than it has. */
  async #isBack(limitMs: number): Promise<boolean> {
    return limitMs > this.options.checkMs && this.probe();
  }

  /** Whether the provider answers its check in time. */
  #answers(): Promise<boolean> {
    const check = this.#checkLimit.execute(({ signal }) => this.provider.check!(signal));
    return check.then(
      () => true,
      () => false,
    );
  }

  async #timed(message: Sendable, sending: Sending, limitMs: number): Promise<SendAttempt> {
    const begun = performance.now();
    const attempt = await withinTime(limitMs, async (signal) =>
      readAttempt(await this.provider.send(message, { ...sending, signal })),
    );
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

function ignoreOpenCircuit(error: unknown): void {
  if (!isBrokenCircuitError(error)) throw error;
}
