import { Inject, Injectable } from '@nestjs/common';
import { Clock, MINUTE, SECOND, tooMany } from '@portillon/kernel';
import { Hit, RateLimiterService } from '@portillon/rate-limit';
import type { FastifyReply } from 'fastify';
import { MACHINE_OPTIONS, type ResolvedMachineOptions } from './machine.options';

const NAME = 'machine-requests';

/**
 * Limits the requests of one application. Each answer gives the remaining quota in `RateLimit-Policy` and `RateLimit`
 * (draft-ietf-httpapi-ratelimit-headers-10), so that a well-behaved client slows down in time.
 */
@Injectable()
export class MachineLimitService {
  constructor(
    private readonly limiter: RateLimiterService,
    private readonly clock: Clock,
    @Inject(MACHINE_OPTIONS) private readonly options: ResolvedMachineOptions,
  ) {}

  /** @throws AppError `requests.exceeded` */
  async count(applicationId: string, reply: FastifyReply): Promise<void> {
    const max = this.options.requestsPerMinute;
    const hit: Hit = { limit: { name: NAME, max, windowMs: MINUTE }, key: applicationId };
    const over = await this.limiter.consume(hit);
    const { remaining, resetsAt } = await this.limiter.stateOf(hit);
    void reply.header('ratelimit-policy', `"${NAME}";q=${max};w=${MINUTE / SECOND}`);
    void reply.header('ratelimit', `"${NAME}";r=${remaining};t=${this.#secondsUntil(resetsAt)}`);
    if (over) throw tooMany('requests.exceeded', over.retryAt, this.clock.now());
  }

  #secondsUntil(time: Date | null): number {
    if (!time) return 0;
    return Math.max(0, Math.ceil((time.getTime() - this.clock.now().getTime()) / SECOND));
  }
}
