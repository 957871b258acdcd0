export { CountedLimitService } from './counted-limit.service';
export { hitOfBlock } from './hit-of-block';
export { LimitMetrics } from './limit.metrics';
export { LimitRegistry, registerLimitCounts, registerLimits } from './limit-registry';
export type { LimitsByKind } from './limit-registry';
export type {
  CountedLimit,
  Hit,
  Limit,
  LimitCounts,
  LimitState,
  LimitSubject,
  OverLimit,
} from './limit.types';
export { RateLimitModule } from './rate-limit.module';
export type { RateLimitOptions } from './rate-limit.module';
export { rateLimitPersistence } from './rate-limit.persistence';
export { RateLimiterService } from './rate-limiter.service';
export { isSentinelUrl, sentinelAddress } from './sentinel-url';
