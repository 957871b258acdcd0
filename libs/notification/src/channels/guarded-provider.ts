import {
  circuitBreaker,
  CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleWhenResult,
  IPolicy,
  isBrokenCircuitError,
  retry,
  timeout,
  TimeoutPolicy,
  TimeoutStrategy,
  wrap,
} from 'cockatiel';
import { SECOND, traced } from '@portillon/kernel';
import type { Channels } from '@portillon/kernel';
import { once } from 'node:events';
import type {
  SendAttempt,
  ChannelProvider,
  ProviderReceipt,
  ReceiptRequest,
  SendContext,
} from './channel-provider.types';
import type { NotificationLimits } from '../notification.options';

const LONGEST_REFERENCE = 191;
const LONGEST_REASON = 64;

/**
 * Checks a provider's answer and shortens its texts for the delivery log. A malformed answer counts as unconfirmed,
 * since the message may have left.
 */
function readAttempt(answer: unknown): SendAttempt {
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

export type ProviderLimits = Pick<
  NotificationLimits,
  'tryTimeoutMs' | 'retries' | 'circuitFailures' | 'circuitRestMs'
>;

/** Part of the context that belongs to the message. */
export type Sending = Omit<SendContext, 'signal'>;

/** Time for a provider to drop a message after its time limit, before its answer is ignored. */
export const LET_GO_MS = 100;
/** Maximum pause between two attempts; with jitter, so that messages refused together do not return together. */
export const LONGEST_PAUSE_MS = 500;
const FIRST_PAUSE_MS = 200;
/** Time limit of a check of a provider: the caller of the health check waits for it. */
const CHECK_MS = 3_000;
const LONGEST_NAME = 64;
const CIRCUIT_OPEN: SendAttempt = { status: 'unusable', reason: 'circuit open' };
const FULL: SendAttempt = { status: 'unusable', reason: 'full' };
const OUT_OF_TIME: SendAttempt = { status: 'unusable', reason: 'out of time' };
const NO_ANSWER: SendAttempt = { status: 'unconfirmed', reason: 'time-out' };

/**
 * Adds a time limit, retries and a circuit breaker to a provider: while it fails, messages fail at once instead of
 * waiting for it.
 */
export class GuardedProvider<Sendable> {
  /** Name in the delivery log. */
  readonly name: string;
  readonly #circuit: CircuitBreakerPolicy;
  readonly #policy: IPolicy;
  readonly #checkLimit: TimeoutPolicy = timeout(CHECK_MS, TimeoutStrategy.Aggressive);
  #latencyMs: number | null = null;
  /** Number of messages in the current second. */
  #given = { second: 0, messages: 0 };
  #probing?: Promise<unknown>;

  constructor(
    private readonly provider: ChannelProvider<Sendable>,
    limits: ProviderLimits,
  ) {
    this.name = String(provider.name).slice(0, LONGEST_NAME);
    this.#circuit = circuitBreaker(
      handleWhenResult((attempt) => isFault(attempt as SendAttempt)),
      { halfOpenAfter: limits.circuitRestMs, breaker: new ConsecutiveBreaker(limits.circuitFailures) },
    );
    const again = retry(
      handleWhenResult((attempt) => (attempt as SendAttempt).status === 'deferred'),
      {
        maxAttempts: limits.retries,
        backoff: new ExponentialBackoff({ initialDelay: FIRST_PAUSE_MS, maxDelay: LONGEST_PAUSE_MS }),
      },
    );
    const cooperative = { strategy: TimeoutStrategy.Cooperative, abortOnReturn: false };
    this.#policy = wrap(again, this.#circuit, timeout(limits.tryTimeoutMs, cooperative));
  }

  /** Whether the circuit lets messages through. */
  get closed(): boolean {
    return this.#circuit.state === CircuitState.Closed;
  }

  /**
   * Sends a message. When `signal` fires no other attempt begins, and the current one ends within {@link LET_GO_MS}.
   */
  async send(message: Sendable, sending: Sending, signal: AbortSignal): Promise<SendAttempt> {
    if (this.#isFull()) return FULL;
    // While an open circuit is tested, cockatiel would make other messages wait for the result.
    if (this.#circuit.state === CircuitState.HalfOpen) return CIRCUIT_OPEN;
    if (!this.closed && this.provider.check && !(await this.#isBack(signal))) return CIRCUIT_OPEN;
    try {
      return await this.#policy.execute(
        (context) => this.#attempt(message, { ...sending, signal: context.signal }),
        signal,
      );
    } catch (error) {
      if (isBrokenCircuitError(error)) return CIRCUIT_OPEN;
      throw error;
    }
  }

  /** Whether the provider answers, and how long that took. Without a check of the provider, the state of its circuit. */
  async look(): Promise<{ up: boolean; latencyMs: number | null }> {
    if (!this.provider.check) return { up: this.closed, latencyMs: this.#latencyMs };
    const begun = performance.now();
    const up = this.closed ? await this.#answers() : await this.probe();
    return { up, latencyMs: up ? Math.round(performance.now() - begun) : null };
  }

  /**
   * Checks a provider whose circuit is open, once its rest is over, and closes the circuit when it answers. Returns
   * whether messages pass.
   */
  async probe(): Promise<boolean> {
    if (this.closed || !this.provider.check) return this.closed;
    this.#probing ??= this.#circuit
      .execute(async (): Promise<SendAttempt> =>
        (await this.#answers()) ? { status: 'sent' } : CIRCUIT_OPEN,
      )
      .catch(ignoreOpenCircuit)
      .finally(() => (this.#probing = undefined));
    await this.#probing;
    return this.closed;
  }

  /** URL for all its reports, to be entered at the provider. */
  get receiptUrl(): string | undefined {
    return this.provider.receiptUrl;
  }

  /** Reads a report; returns nothing unless it is proved to be the provider's. */
  async readReceipt(request: ReceiptRequest): Promise<ProviderReceipt | undefined> {
    return this.provider.readReceipt?.(request);
  }

  /** Closes its connections. */
  close(): void {
    this.provider.close?.();
  }

  /** Counts this message. Returns whether it exceeds the provider's capacity in this second. */
  #isFull(): boolean {
    const second = Math.floor(performance.now() / SECOND);
    const messages = second === this.#given.second ? this.#given.messages + 1 : 1;
    this.#given = { second, messages };
    return messages > (this.provider.capacityPerSecond ?? Infinity);
  }

  /** As {@link probe}, within the time limit of a message. */
  #isBack(signal: AbortSignal): Promise<boolean> {
    return Promise.race([this.probe(), once(signal, 'abort').then(() => false)]);
  }

  /** Whether the provider's check succeeds in time. */
  #answers(): Promise<boolean> {
    const check = this.#checkLimit.execute(({ signal }) => this.provider.check!(signal));
    return check.then(
      () => true,
      () => false,
    );
  }

  async #attempt(message: Sendable, context: SendContext): Promise<SendAttempt> {
    if (context.signal.aborted) return OUT_OF_TIME;
    const begun = performance.now();
    const attempt = await orLetGo(this.#ask(message, context), context.signal);
    this.#latencyMs = Math.round(performance.now() - begun);
    return attempt;
  }

  async #ask(message: Sendable, context: SendContext): Promise<SendAttempt> {
    try {
      const call = () => ({ name: `send by ${this.name}`, attributes: { 'portillon.provider': this.name } });
      return readAttempt(await traced(call, () => this.provider.send(message, context)));
    } catch (error) {
      // A provider that throws does not show whether it received the message: assume that it did.
      return { status: 'unconfirmed', reason: error instanceof Error ? error.name : 'error' };
    }
  }
}

/** The provider's answer, unless it takes longer than {@link LET_GO_MS} after `signal`. */
function orLetGo(answer: Promise<SendAttempt>, signal: AbortSignal): Promise<SendAttempt> {
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    const letGo = () => (timer = setTimeout(resolve, LET_GO_MS, NO_ANSWER));
    signal.addEventListener('abort', letGo, { once: true });
    void answer.then((attempt) => {
      signal.removeEventListener('abort', letGo);
      clearTimeout(timer);
      resolve(attempt);
    });
  });
}

function isFault(attempt: SendAttempt): boolean {
  if (attempt.status === 'deferred') return attempt.providerFault;
  return attempt.status === 'unusable' || attempt.status === 'unconfirmed';
}

function ignoreOpenCircuit(error: unknown): void {
  if (!isBrokenCircuitError(error)) throw error;
}

/** Providers of each channel, in the order in which they are tried; a channel without any is off. */
export type ChannelProviders = {
  readonly [Name in keyof Channels]: readonly GuardedProvider<Channels[Name]['message']>[];
};

export const CHANNEL_PROVIDERS = Symbol('CHANNEL_PROVIDERS');
