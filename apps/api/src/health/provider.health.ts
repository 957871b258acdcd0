import { Inject, Injectable } from '@nestjs/common';
import { HealthIndicatorService } from '@nestjs/terminus';
import { ProSanteConnectHealth } from '@portillon/pro-sante-connect';
import type { Settings } from '../settings/settings';
import { SETTINGS } from '../settings/settings.token';
import { PATIENCE_MS } from './health.options';

/** Whether Pro Santé Connect answers now. It is no part of the readiness: people sign in by other means meanwhile. */
@Injectable()
export class ProviderHealthIndicator {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly provider: ProSanteConnectHealth,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  answers(key: string) {
    const check = this.indicators.check(key);
    if (!this.settings.proSanteConnect) return check.up({ off: true });
    return check.attempt(() => this.provider.ask()).withTimeout(PATIENCE_MS);
  }
}
