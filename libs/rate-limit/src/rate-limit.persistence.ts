import { internal, persistencePart, personal, table, type PersistencePart } from '@portillon/persistence';
import { CreateRateLimit1764000006001 } from './migrations/1764000006001-create-rate-limit';
import { RateLimitEntity } from './rate-limit.repository';

/** The table of this library, for `PersistenceModule.forRoot({ parts })`. */
export const rateLimitPersistence: PersistencePart = persistencePart({
  tables: [
    table(RateLimitEntity, {
      purpose: 'How often something was done in the time that is counted.',
      kept: 'until that time is over',
      afterRestore: 'emptied',
      afterLoss: 'kept',
      columns: [internal('windowEndsAt'), personal('limits.counter', 'id hits')],
    }),
  ],
  migrations: [CreateRateLimit1764000006001],
  personalData: { none: 'A counter goes when its time is over, and names people by digests alone.' },
});
