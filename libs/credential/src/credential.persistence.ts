import type { PersistencePart } from '@portillon/persistence';
import { AccountTokenEntity } from './tokens/account-token.entity';
import { CreateCredential1764000001101 } from './migrations/1764000001101-create-credential';
import { PasswordAttemptEntity } from './password-attempt.entity';
import { ResetRequestEntity } from './recovery/reset-request.entity';

/** The tables of this lib, for `PersistenceModule.forRoot({ parts })`. */
export const credentialPersistence: PersistencePart = {
  entities: [PasswordAttemptEntity, AccountTokenEntity, ResetRequestEntity],
  migrations: [CreateCredential1764000001101],
  afterRestore: { emptied: [AccountTokenEntity, ResetRequestEntity], kept: [PasswordAttemptEntity] },
};
