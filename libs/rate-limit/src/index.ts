export { CountedLimitService } from './counted-limit.service';
export { hitOfBlock, RateLimiterService } from './rate-limiter.service';
export { LimitMetrics, registerLimitCounts, registerLimits } from './limit-registry';
export type { LimitsByKind } from './limit-registry';
export type { CountedLimit, Hit, Limit, LimitCounts, LimitSubject, OverLimit } from './limit.types';
export { RateLimitModule } from './rate-limit.module';
export type { RateLimitOptions } from './rate-limit.module';
export { rateLimitPersistence } from './rate-limit.persistence';
export { isSentinelUrl, sentinelAddress } from './redis-connection';
