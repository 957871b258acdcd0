import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { PersistenceModule } from '@portillon/persistence';
import { ChannelHealthIndicator } from './channel.health';
import { ClockSkewService } from './clock-skew.service';
import { DatabaseHealthIndicator } from './database.health';
import { ExpiryService } from './expiry.service';
import { HealthController } from './health.controller';
import { HealthService } from './health.service';
import { JournalHealthIndicator } from './journal.health';
import { KeysHealthIndicator } from './keys.health';
import { MetricsService } from './metrics.service';
import { ProviderHealthIndicator } from './provider.health';
import { ReadinessJob } from './readiness.job';
import { RedisHealthIndicator } from './redis.health';
import { TimeHealthIndicator } from './time.health';

/** `/health`, and what the doctor and the metrics say of the same things. */
@Module({
  // Its own line at each probe of a service that is down would drown the others.
  imports: [PersistenceModule, TerminusModule.forRoot({ logger: false })],
  controllers: [HealthController],
  providers: [
    ChannelHealthIndicator,
    ClockSkewService,
    DatabaseHealthIndicator,
    ExpiryService,
    HealthService,
    JournalHealthIndicator,
    KeysHealthIndicator,
    MetricsService,
    ProviderHealthIndicator,
    ReadinessJob,
    RedisHealthIndicator,
    TimeHealthIndicator,
  ],
  exports: [ClockSkewService, ExpiryService, HealthService, MetricsService, ProviderHealthIndicator],
})
export class HealthModule {}
