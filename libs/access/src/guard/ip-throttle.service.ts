import { Injectable } from '@nestjs/common';
import type { Client } from '@portillon/http';
import { Clock, HOUR, Keyring, SECOND, tooMany } from '@portillon/kernel';
import { hitOfBlock, Limit, RateLimiterService } from '@portillon/rate-limit';
import { THROTTLE_WORDS } from './ip-throttle.texts';

/** Delay by the number of failures of an address block in an hour (policy: 100 per hour, then a growing delay). */
const PACES = [
  { failures: 100, everyMs: 10 * SECOND },
  { failures: 150, everyMs: 30 * SECOND },
  { failures: 200, everyMs: 60 * SECOND },
];

/** Counted separately: password guesses do not delay users with a card, and card failures do not delay tickets. */
export type FailureKind = 'password' | 'card' | 'ticket' | 'passkey';

const KINDS: readonly FailureKind[] = ['password', 'card', 'ticket', 'passkey'];

const perHour = (kind: FailureKind): Limit => ({
  name: `failure.${kind}.hour`,
  max: PACES.at(-1)!.failures,
  windowMs: HOUR,
});
const onceIn = (kind: FailureKind, windowMs: number): Limit => ({
  name: `failure.${kind}.pace`,
  max: 1,
  windowMs,
});

/** The counters of an address block that an operator may list and clear. */
export const FAILURE_LIMITS: readonly Limit[] = KINDS.flatMap((kind) => [
  perHour(kind),
  onceIn(kind, PACES[0]!.everyMs),
]);

/**
 * Counts the failures of one address block. A hospital is one block: above the limit its users wait in turn, so one
 * attacker cannot lock them out for the hour.
 */
@Injectable()
export class IpThrottleService {
  constructor(
    private readonly limiter: RateLimiterService,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
  ) {}

  async countFailure(kind: FailureKind, client: Client): Promise<void> {
    await this.limiter.consume(hitOfBlock(perHour(kind), client, this.keyring));
  }

  /** How long the block must wait, in milliseconds; null after few failures. */
  async delayFor(kind: FailureKind, client: Client): Promise<number | null> {
    const running = await this.limiter.running(hitOfBlock(perHour(kind), client, this.keyring));
    const failed = running?.hits ?? 0;
    return PACES.findLast(({ failures }) => failed >= failures)?.everyMs ?? null;
  }

  /**
   * `known`: the delay that {@link delayFor} just returned.
   *
   * @throws AppError `attempts.exceeded` when the block failed often and another request has the turn.
   */
  async enforce(kind: FailureKind, client: Client, known?: number | null): Promise<void> {
    const pace = known === undefined ? await this.delayFor(kind, client) : known;
    if (pace === null) return;
    const over = await this.limiter.consume(hitOfBlock(onceIn(kind, pace), client, this.keyring));
    if (!over) return;
    throw tooMany('attempts.exceeded', over.retryAt, this.clock.now(), `over ${over.limit.name}`, {
      words: THROTTLE_WORDS,
    });
  }
}
