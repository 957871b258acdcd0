import { Injectable } from '@nestjs/common';
import { HealthIndicatorService } from '@nestjs/terminus';
import { ChannelHealthService } from '@portillon/notification';

/** Whether mail or SMS can leave, by at least one of its providers. */
@Injectable()
export class ChannelHealthIndicator {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly channels: ChannelHealthService,
  ) {}

  async answers(key: string, channel: 'EMAIL' | 'SMS') {
    const check = this.indicators.check(key);
    const found = (await this.channels.health()).find((one) => one.channel === channel);
    if (!found || found.status === 'off') return check.up({ off: true });
    return found.status === 'up' ? check.up({ responseTime: found.latencyMs }) : check.down();
  }
}
