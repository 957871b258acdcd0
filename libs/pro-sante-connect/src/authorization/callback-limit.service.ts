import { Injectable } from '@nestjs/common';
import { hitOfBlock } from '@portillon/rate-limit';
import type { Client } from '@portillon/http';
import { Clock, Keyring, MINUTE } from '@portillon/kernel';
import { Hit, Limit, LimitsByKind, RateLimiterService } from '@portillon/rate-limit';

/**
 * A hospital has one address for many users, so the limit is high. It still bounds the requests to PSC that one machine can
 * cause.
 */
const PER_BLOCK: Limit = { name: 'psc.block.10min', max: 300, windowMs: 10 * MINUTE };

/** The limits that an operator may list and clear. */
export const CALLBACK_LIMITS = { block: [PER_BLOCK] } as const satisfies LimitsByKind;

/** A way back from PSC that was counted. */
export interface CountedReturn {
  hit: Hit;
  at: Date;
}

/** Limits the failed returns from PSC, by address block. */
@Injectable()
export class CallbackLimitService {
  constructor(
    private readonly limiter: RateLimiterService,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
  ) {}

  /** Undefined when too many came from that address. */
  async count(client: Client): Promise<CountedReturn | undefined> {
    const counted = { hit: hitOfBlock(PER_BLOCK, client, this.keyring), at: this.clock.now() };
    return (await this.limiter.consume(counted.hit)) ? undefined : counted;
  }

  /** Refunds a callback that succeeded: a busy morning is not a flood. Call it after the commit. Never throws. */
  refund({ hit, at }: CountedReturn): Promise<void> {
    return this.limiter.refund(hit, at);
  }
}
