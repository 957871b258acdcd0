export { CountedLimitService } from './counted-limit.service';
export type { CountedLimit } from './counted-limit.service';
export { LimitRegistry, registerLimits } from './limit-registry';
export type { LimitsByKind, LimitSubject } from './limit-registry';
export type { Hit, Limit, LimitState, OverLimit } from './limit.types';
export { RateLimitModule } from './rate-limit.module';
export type { RateLimitOptions } from './rate-limit.module';
export { rateLimitPersistence } from './rate-limit.persistence';
export { RateLimiterService } from './rate-limiter.service';
