import { Injectable } from '@nestjs/common';
import { Clock, HOUR, Keyring, tooMany } from '@portillon/kernel';
import { Limit, LimitsByKind, RateLimiterService } from '@portillon/rate-limit';

const LIMITS = {
  EMAIL: { name: 'setup.mail.hour', max: 5, windowMs: HOUR },
  SMS: { name: 'setup.sms.hour', max: 3, windowMs: HOUR },
} as const satisfies Record<string, Limit>;

/** The limits that an operator may list and clear. */
export const SETUP_LIMITS = { account: Object.values(LIMITS) } as const satisfies LimitsByKind;

/** How many test messages a user has sent to themselves: SMS cost money. */
@Injectable()
export class TestLimitService {
  constructor(
    private readonly limiter: RateLimiterService,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `attempts.exceeded` */
  async count(channel: keyof typeof LIMITS, accountId: string): Promise<void> {
    const key = this.keyring.digest('limit', [accountId]);
    const over = await this.limiter.consume({ limit: LIMITS[channel], key });
    if (over) throw tooMany('attempts.exceeded', over.retryAt, this.clock.now(), `over ${over.limit.name}`);
  }
}
