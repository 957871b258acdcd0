export { IdempotencyModule } from './idempotency.module';
export type {} from './idempotency.errors';
export { idempotencyPersistence } from './idempotency.persistence';
export { Idempotent } from './idempotent.decorator';
