import { Clock, Keyring, SystemRandom } from '@portillon/kernel';
import type { DataSource } from 'typeorm';
import { IdempotencyKeyEntity, IdempotencyKeyRepository } from '../idempotency/idempotency-key.repository';
import { IdempotencyService } from '../idempotency/idempotency.service';

const KEYS = new Keyring([{ id: 'k1', secret: Buffer.alloc(32, 1) }]);

/** The service on the database of a test. */
export function idempotencyOn(dataSource: DataSource, clock: Clock): IdempotencyService {
  const keys = new IdempotencyKeyRepository(dataSource.getRepository(IdempotencyKeyEntity));
  return new IdempotencyService(keys, clock, new SystemRandom(clock), KEYS);
}
