import { internal, persistencePart, personal, secret, table } from '@portillon/persistence';
import type { PersistencePart } from '@portillon/persistence';
import { IdempotencyKeyEntity } from './idempotency-key.repository';
import { CreateIdempotency1764000009001 } from '../migrations/1764000009001-create-idempotency';
import { IDEMPOTENCY_KEPT_MS } from './idempotency.service';

/** The table of this library, for `PersistenceModule.forRoot({ parts })`. */
export const idempotencyPersistence: PersistencePart = persistencePart({
  tables: [
    table(IdempotencyKeyEntity, {
      purpose: 'That a creation was asked before, so that it is not done twice.',
      kept: '{request}',
      durations: { request: IDEMPOTENCY_KEPT_MS },
      afterRestore: 'emptied',
      columns: [
        internal('id createdAt'),
        personal('limits.requestDigest', 'requestDigest'),
        secret('limits.sealedAnswer', 'sealedAnswer'),
      ],
    }),
  ],
  migrations: [CreateIdempotency1764000009001],
  keyed: [
    {
      entity: IdempotencyKeyEntity,
      property: 'requestDigest',
      what: 'idempotency keys of the last 24 hours',
    },
  ],
  personalData: { none: 'An answer is sealed, and found by the key of its request alone.' },
});
