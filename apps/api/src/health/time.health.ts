import { Injectable } from '@nestjs/common';
import { HealthIndicatorService } from '@nestjs/terminus';
import { ClockSkewService } from './clock-skew.service';
import { ExpiryService } from './expiry.service';
import { PATIENCE_MS } from './health.options';
import { optional } from './optional';

/** What time does to an instance: certificates and lists that end, and clocks that part. */
@Injectable()
export class TimeHealthIndicator {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly expiries: ExpiryService,
    private readonly skew: ClockSkewService,
  ) {}

  /** Whether every certificate and revocation list is good for a while. */
  async certificatesHold(key: string) {
    const check = this.indicators.check(key);
    const all = await this.expiries.all();
    if (all.length === 0) return check.up({ off: true });
    return all.some((one) => this.expiries.isDue(one)) ? check.down() : check.up();
  }

  /** Whether this process and the database agree on the time. Too far apart, what one instance makes the others refuse. */
  async clocksAgree(key: string) {
    let milliseconds: number | undefined;
    const look = async () => {
      milliseconds = await this.skew.measure();
      if (milliseconds === undefined) return { off: true };
      if (this.skew.isTooMuch(milliseconds)) throw new Error('the clocks differ');
      return {};
    };
    const result = await this.indicators.check(key).attempt(look).withTimeout(PATIENCE_MS);
    return milliseconds !== undefined && this.skew.isUnusable(milliseconds) ? result : optional(result);
  }
}
