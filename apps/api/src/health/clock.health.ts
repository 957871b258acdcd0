import { Injectable } from '@nestjs/common';
import { HealthIndicatorService } from '@nestjs/terminus';
import { ClockSkewService } from './clock-skew.service';
import { PATIENCE_MS } from './health.options';

/** Whether this machine and the database agree on the time. */
@Injectable()
export class ClockHealthIndicator {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly skew: ClockSkewService,
  ) {}

  agrees(key: string) {
    const look = async () => {
      const milliseconds = await this.skew.measure();
      if (milliseconds === undefined) return { off: true };
      if (this.skew.isTooMuch(milliseconds)) throw new Error('the clocks differ');
      return {};
    };
    return this.indicators.check(key).attempt(look).withTimeout(PATIENCE_MS);
  }
}
