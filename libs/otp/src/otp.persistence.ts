import type { PersistencePart } from '@portillon/persistence';
import { CreateOtp1764000002001 } from './migrations/1764000002001-create-otp';
import { CountUnansweredCodes1764120003001 } from './migrations/1764120003001-count-unanswered-codes';
import { IndexLocks1764120005002 } from './migrations/1764120005002-index-locks';
import { OtpChallengeEntity } from './otp-challenge.entity';
import { OtpSubjectEntity } from './otp-subject.entity';

/** The tables of this lib, for `PersistenceModule.forRoot({ parts })`. */
export const otpPersistence: PersistencePart = {
  entities: [OtpChallengeEntity, OtpSubjectEntity],
  migrations: [CreateOtp1764000002001, CountUnansweredCodes1764120003001, IndexLocks1764120005002],
  afterRestore: { emptied: [OtpChallengeEntity], kept: [OtpSubjectEntity] },
};
