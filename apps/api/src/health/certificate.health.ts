import { Injectable } from '@nestjs/common';
import { HealthIndicatorService } from '@nestjs/terminus';
import { ExpiryService } from './expiry.service';

/** Whether every certificate and revocation list is good for a while. */
@Injectable()
export class CertificateHealthIndicator {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly expiries: ExpiryService,
  ) {}

  async hold(key: string) {
    const check = this.indicators.check(key);
    const all = await this.expiries.all();
    if (all.length === 0) return check.up({ off: true });
    return all.some((one) => this.expiries.isDue(one)) ? check.down() : check.up();
  }
}
