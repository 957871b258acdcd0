export type { Hit, Limit, OverLimit } from './limit';
export { RateLimitModule } from './rate-limit.module';
export type { RateLimitOptions } from './rate-limit.module';
export { rateLimitPersistence } from './rate-limit.persistence';
export { RateLimiter } from './rate-limiter';
