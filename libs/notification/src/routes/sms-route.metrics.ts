import { Inject, Injectable } from '@nestjs/common';
import { MetricsRegistry } from '@portillon/kernel';
import { Gauge } from 'prom-client';
import { CHANNEL_PROVIDERS, type ChannelProviders } from '../channels/channel-providers.types';
import { SmsRouteService } from './sms-route.service';

/** Shows the providers of SMS that are tried last; the database has them, so each instance reports the same. */
@Injectable()
export class SmsRouteMetrics {
  constructor(
    registry: MetricsRegistry,
    routes: SmsRouteService,
    @Inject(CHANNEL_PROVIDERS) providers: ChannelProviders,
  ) {
    const gauge = new Gauge({
      name: 'portillon_sms_provider_passed_over',
      help: '1: the provider is tried last, since too few of its codes are entered.',
      labelNames: ['provider'],
      registers: [registry],
    });
    registry.readAtScrape([gauge], async () => {
      const passedOver = await routes.passedOver();
      for (const { name } of providers.SMS) gauge.set({ provider: name }, Number(passedOver.includes(name)));
    });
  }
}
