import { Injectable } from '@nestjs/common';
import { hitOfBlock } from '@portillon/rate-limit';
import { clientOf } from '@portillon/http';
import { Clock, Keyring, MINUTE, tooMany } from '@portillon/kernel';
import { Hit, Limit, LimitsByKind, OverLimit, RateLimiterService } from '@portillon/rate-limit';
import type { errors, KoaContextWithOIDC } from 'oidc-provider';
import { RequestRegistry } from './request-registry.service';

/**
 * The same limit as the gate's: a busy morning opens hundreds of applications at once, and a flood must still be bounded.
 */
const PER_BLOCK: Limit = { name: 'openid.block.10min', max: 3_000, windowMs: 10 * MINUTE };
const TOO_MANY = 429;

/** The limits that an operator may list and clear. */
export const REQUEST_LIMITS = { block: [PER_BLOCK] } as const satisfies LimitsByKind;

/** Limits the rows that an address block can create by requests that are not completed. */
@Injectable()
export class RequestLimitService {
  constructor(
    private readonly requests: RequestRegistry,
    private readonly limiter: RateLimiterService,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws TemporarilyUnavailable with status 429, on our own page: sent to the application, it would return at each try
   */
  async count(ctx: KoaContextWithOIDC, { TemporarilyUnavailable }: typeof errors): Promise<void> {
    const over = await this.take(ctx);
    if (!over) return;
    const { retryAfterSeconds } = tooMany('attempts.exceeded', over.retryAt, this.clock.now());
    ctx.set('retry-after', String(retryAfterSeconds));
    const refusal = new TemporarilyUnavailable('too many requests of this address wait for their person');
    throw Object.assign(refusal, { status: TOO_MANY, statusCode: TOO_MANY, allow_redirect: false });
  }

  /** Counts one more row. Returns undefined when it may be written. */
  take(ctx: KoaContextWithOIDC): Promise<OverLimit | undefined> {
    return this.limiter.consume(this.#hitOf(ctx));
  }

  /** Refunds a row when the user came back, because it was no flood. Never throws. */
  refund(ctx: KoaContextWithOIDC): Promise<void> {
    return this.limiter.refund(this.#hitOf(ctx));
  }

  #hitOf({ req }: KoaContextWithOIDC): Hit {
    return hitOfBlock(PER_BLOCK, clientOf(this.requests.of(req)), this.keyring);
  }
}
