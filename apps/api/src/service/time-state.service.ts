import { Injectable } from '@nestjs/common';
import { Clock } from '@portillon/kernel';
import { ClockSkewService } from '../health/clock-skew.service';
import { ExpiryService } from '../health/expiry.service';
import { stateOfExpiry } from './part-state.policy';
import type { ClockPart, ExpiryPart } from './service-state.dto';

/** What time does to the service: clocks that part, certificates and lists that end. */
@Injectable()
export class TimeStateService {
  constructor(
    private readonly skew: ClockSkewService,
    private readonly ends: ExpiryService,
    private readonly now: Clock,
  ) {}

  async clock(): Promise<ClockPart> {
    const aheadMs = await this.skew.measure();
    if (aheadMs === undefined) return { state: 'off', aheadMs: null };
    if (this.skew.isUnusable(aheadMs)) return { state: 'failing', aheadMs };
    return { state: this.skew.isTooMuch(aheadMs) ? 'warning' : 'well', aheadMs };
  }

  async expiries(): Promise<ExpiryPart[]> {
    const all = await this.ends.all();
    return all.map((one) => {
      const { setting, subject, at } = one;
      return { state: stateOfExpiry(at, this.ends.isDue(one), this.now.now()), setting, subject, at };
    });
  }
}
