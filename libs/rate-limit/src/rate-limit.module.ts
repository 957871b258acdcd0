import { Module } from '@nestjs/common';
import { RateLimiter } from './rate-limiter';

/**
 * Provides {@link RateLimiter}. The limits are the callers'.
 * Needs `KernelModule` and `PersistenceModule`, the latter with `rateLimitPersistence`.
 */
@Module({ providers: [RateLimiter], exports: [RateLimiter] })
export class RateLimitModule {}
