import { internal, persistencePart, personal, secret, table } from '@portillon/persistence';
import type { PersistencePart } from '@portillon/persistence';
import { AuthenticatorPersonalData } from './authenticator.personal-data';
import { UsedChallengeEntity, CHALLENGE_MS } from './challenge.service';
import { CreateAuthenticator1764000016001 } from './migrations/1764000016001-create-authenticator';
import { PasskeyOwnerEntity } from './passkey/passkey-owner.repository';
import { PasskeyEntity } from './passkey/passkey.entity';
import { RETENTION_MS } from './passkey/passkey.service';
import { RecoveryCodeEntity } from './recovery-code/recovery-code.repository';
import { TotpEntity } from './totp/totp.repository';

/** The tables of this library, for `PersistenceModule.forRoot({ parts })`. */
export const authenticatorPersistence: PersistencePart = persistencePart({
  tables: [
    table(PasskeyEntity, {
      purpose: 'A passkey of a person, by which they sign in.',
      kept: 'until it is removed, then {noted} as a line',
      durations: { noted: RETENTION_MS },
      afterRestore: 'kept',
      columns: [
        internal('id signCount rpId'),
        personal('means.passkey', 'accountId credentialDigest credentialId publicKey transports aaguid kind'),
        personal('means.passkey', 'backedUp name createdAt lastUsedAt endedAt'),
        personal('means.passkeyIdentity', 'identityProof identityProvedAt'),
      ],
    }),
    table(PasskeyOwnerEntity, {
      purpose: 'The person’s handle at passkeys, which names no one elsewhere.',
      kept: 'with the account',
      afterRestore: 'kept',
      columns: [internal('enrolments'), personal('means.passkey', 'accountId handle')],
    }),
    table(RecoveryCodeEntity, {
      purpose: 'Codes on paper, for who lost every means.',
      kept: 'until a new set is made, or with the account',
      afterRestore: 'kept',
      columns: [
        internal('position'),
        personal('means.recoveryCodes', 'accountId createdAt usedAt'),
        secret('means.recoveryCodes', 'digest'),
      ],
    }),
    table(TotpEntity, {
      purpose: 'An authenticator app of a person.',
      kept: 'until it is removed, or with the account; one that was not confirmed, {unconfirmed}',
      durations: { unconfirmed: CHALLENGE_MS },
      afterRestore: 'kept',
      columns: [
        internal('lastStep'),
        personal('means.totp', 'accountId createdAt confirmedAt'),
        secret('means.totp', 'secretSealed'),
      ],
    }),
    table(UsedChallengeEntity, {
      purpose: 'Challenges of passkeys that were used, so that none is used twice.',
      kept: '{life}, and a margin for clocks',
      durations: { life: CHALLENGE_MS },
      afterRestore: 'kept',
      columns: [internal('digest expiresAt')],
    }),
  ],
  migrations: [CreateAuthenticator1764000016001],
  keyed: [
    { entity: TotpEntity, property: 'secretSealed', what: 'authenticator apps' },
    { entity: RecoveryCodeEntity, property: 'digest', what: 'recovery codes' },
  ],
  personalData: AuthenticatorPersonalData,
});
