export { IdempotencyModule } from './idempotency.module';
export { idempotencyErrors } from './idempotency.errors';
export { idempotencyPersistence } from './idempotency.persistence';
export { Idempotent } from './idempotent.decorator';
