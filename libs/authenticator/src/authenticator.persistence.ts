import type { PersistencePart } from '@portillon/persistence';
import { CreateAuthenticator1764000016001 } from './migrations/1764000016001-create-authenticator';
import { PasskeyOwnerEntity } from './passkey/passkey-owner.entity';
import { PasskeyEntity } from './passkey/passkey.entity';
import { RecoveryCodeEntity } from './recovery-code/recovery-code.entity';
import { TotpEntity } from './totp/totp.entity';
import { UsedChallengeEntity } from './challenge/used-challenge.entity';

/** The tables of this lib, for `PersistenceModule.forRoot({ parts })`. */
export const authenticatorPersistence: PersistencePart = {
  entities: [PasskeyEntity, PasskeyOwnerEntity, RecoveryCodeEntity, TotpEntity, UsedChallengeEntity],
  migrations: [CreateAuthenticator1764000016001],
  keyed: [
    { entity: TotpEntity, property: 'secretSealed', what: 'authenticator apps' },
    { entity: RecoveryCodeEntity, property: 'digest', what: 'recovery codes' },
  ],
  afterRestore: {
    emptied: [],
    kept: [PasskeyEntity, PasskeyOwnerEntity, RecoveryCodeEntity, TotpEntity, UsedChallengeEntity],
  },
};
