import type { PersistencePart } from '@portillon/persistence';
import { IdempotencyKeyEntity } from './idempotency-key.entity';
import { CreateIdempotency1764000009001 } from './migrations/1764000009001-create-idempotency';

/** The table of this lib, for `PersistenceModule.forRoot({ parts })`. */
export const idempotencyPersistence: PersistencePart = {
  entities: [IdempotencyKeyEntity],
  migrations: [CreateIdempotency1764000009001],
  keyed: [
    {
      entity: IdempotencyKeyEntity,
      property: 'requestDigest',
      what: 'idempotency keys of the last 24 hours',
    },
  ],
  afterRestore: { emptied: [IdempotencyKeyEntity], kept: [] },
};
