import { Module, Injectable } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { configurableModule, Clock, registerFindings } from '@portillon/kernel';
import { PersistenceModule, PurgeJob } from '@portillon/persistence';
import { CountedLimitService } from './counted-limit.service';
import { LimitRegistry, LimitMetrics } from './limit-registry';
import { RateLimitEntity, RateLimitRepository } from './rate-limit.repository';
import { RateLimiterService } from './rate-limiter.service';
import { RedisConnection } from './redis-connection';
import { RedisWindowStore } from './redis-window.store';
import { RedisFindings } from './redis.findings';

export interface RateLimitOptions {
  /**
   * Address of Redis 6 or Valkey, `redis://` or `rediss://`, or of sentinels that name the master, `redis+sentinel://`
   * or `rediss+sentinel://` ({@link sentinelAddress}). Default: limits are counted in the database.
   */
  redisUrl?: string;
}

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = configurableModule<RateLimitOptions>();

/** Deletes expired windows. */
@Injectable()
export class RateLimitPurgeJob extends PurgeJob {
  constructor(limiter: RateLimiterService) {
    super({ limits: limiter });
  }
}

/** Provides {@link RateLimiterService}, and {@link CountedLimitService} to list and clear limits. Callers define the limits and register those that count by an account, an address or a block. */
@Module({
  imports: [PersistenceModule, TypeOrmModule.forFeature([RateLimitEntity])],
  providers: [
    RateLimitRepository,
    {
      provide: RedisConnection,
      inject: [MODULE_OPTIONS_TOKEN, Clock],
      useFactory: ({ redisUrl }: RateLimitOptions, clock: Clock) =>
        redisUrl && new RedisConnection(redisUrl, clock),
    },
    {
      provide: RedisWindowStore,
      inject: [RateLimitRepository, RedisConnection],
      useFactory: (windows: RateLimitRepository, connection?: RedisConnection) =>
        connection && new RedisWindowStore(connection, windows),
    },
    RateLimiterService,
    ...registerFindings(RedisFindings),
    LimitMetrics,
    LimitRegistry,
    CountedLimitService,
    RateLimitPurgeJob,
  ],
  exports: [RateLimiterService, LimitMetrics, LimitRegistry, CountedLimitService],
})
export class RateLimitModule extends ConfigurableModuleClass {}
