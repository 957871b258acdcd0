import type { PersistencePart } from '@portillon/persistence';
import { CreateRateLimit1764000006001 } from './migrations/1764000006001-create-rate-limit';
import { RateLimitEntity } from './rate-limit.entity';

/** The table of this lib, for `PersistenceModule.forRoot({ parts })`. */
export const rateLimitPersistence: PersistencePart = {
  entities: [RateLimitEntity],
  migrations: [CreateRateLimit1764000006001],
  afterRestore: { emptied: [RateLimitEntity], kept: [] },
};
