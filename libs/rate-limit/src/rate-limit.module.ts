import { ConfigurableModuleBuilder, Module } from '@nestjs/common';
import { RateLimitPurgeJob } from './rate-limit-purge.job';
import { RateLimiterService } from './rate-limiter.service';
import { RedisConnection } from './redis-connection';

export interface RateLimitOptions {
  /** `redis://` or `rediss://`, for Redis 6 and Valkey: counts there. Nothing: in the database. */
  redisUrl?: string;
}

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = new ConfigurableModuleBuilder<RateLimitOptions>()
  .setClassMethodName('forRoot')
  .build();

/**
 * Provides {@link RateLimiterService}. The limits are the callers'.
 * Needs `KernelModule` and `PersistenceModule`, the latter with `rateLimitPersistence`.
 */
@Module({
  providers: [
    {
      provide: RedisConnection,
      inject: [MODULE_OPTIONS_TOKEN],
      useFactory: ({ redisUrl }: RateLimitOptions) => redisUrl && new RedisConnection(redisUrl),
    },
    RateLimiterService,
    RateLimitPurgeJob,
  ],
  exports: [RateLimiterService],
})
export class RateLimitModule extends ConfigurableModuleClass {}
