import {
  internal,
  persistencePart,
  personal,
  secret,
  table,
  type PersistencePart,
} from '@portillon/persistence';
import { CreateOtp1764000002001 } from './migrations/1764000002001-create-otp';
import { CountUnansweredCodes1764120003001 } from './migrations/1764120003001-count-unanswered-codes';
import { IndexLocks1764120005002 } from './migrations/1764120005002-index-locks';
import { OtpChallengeEntity } from './otp-challenge.entity';
import { OtpSubjectEntity } from './otp-subject.repository';
import { OtpPolicy } from './otp.policy';

/** The tables of this library, for `PersistenceModule.forRoot({ parts })`. */
export const otpPersistence: PersistencePart = persistencePart({
  tables: [
    table(OtpChallengeEntity, {
      purpose: 'A code by mail or SMS, and how often it was tried.',
      kept: '{after} after the life of the code, {life}',
      durations: {
        after: (app) => app.get(OtpPolicy).options.retentionMs,
        life: (app) => app.get(OtpPolicy).options.lifeMs,
      },
      stated: { codes: 'after' },
      afterRestore: 'emptied',
      columns: [
        internal('id purpose binding round sends uncountedAt codeLength reference expiresAt'),
        internal('resendAvailableAt tries state endedAt'),
        personal('codes.sending', 'subjectId channel context sentAt'),
        personal('codes.destinationHint', 'destinationHint'),
        personal('codes.destinationDigest', 'destinationDigest'),
        personal('codes.networkDigest', 'sourceDigest prefixDigest'),
        secret('codes.codeDigest', 'codeDigest'),
      ],
    }),
    table(OtpSubjectEntity, {
      purpose: 'How often a person’s codes were wrong, over all browsers.',
      kept: 'as long as the service; no purge takes a row away, and an erased account leaves a pseudonym here too',
      afterRestore: 'kept',
      columns: [personal('codes.wrongCodes', 'id failures lockedUntilAt')],
    }),
  ],
  migrations: [CreateOtp1764000002001, CountUnansweredCodes1764120003001, IndexLocks1764120005002],
  personalData: {
    none: 'A code goes within a day. The count of wrong ones stays, under the pseudonym of an erased account.',
  },
});
