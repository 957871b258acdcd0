import { internal, persistencePart, personal, secret, table } from '@portillon/persistence';
import type { PersistencePart } from '@portillon/persistence';
import { OpenidArtifactEntity } from './artifacts/openid-artifact.repository';
import { KEPT_AFTER_EXPIRY_MS } from './artifacts/openid-artifact.service';
import { LOGOUT_NOTICE_KEPT_MS } from './back-channel/logout-delivery.service';
import { OpenidLogoutDeliveryEntity } from './back-channel/openid-logout-delivery.repository';
import { SigningKeyEntity, PUBLISHED_AFTER_MS } from './keys/signing-key.repository';
import { CreateOpenid1764000011001 } from './migrations/1764000011001-create-openid';
import { IndexLogoutDelivery1764110007001 } from './migrations/1764110007001-index-logout-delivery';
import { OpenidPersonalData } from './openid.personal-data';
import { OpenidSessionClientEntity } from './sessions/openid-session-client.repository';
import { APPLICATION_ENTRY_KEPT_MS } from './sessions/session-client.service';

/** The tables of this lib, for `PersistenceModule`. Why a feature has some: docs/adr/0027. */
export const openidPersistence: PersistencePart = persistencePart({
  tables: [
    table(SigningKeyEntity, {
      purpose: 'The keys that sign what applications are given.',
      kept: '{after} after they were retired',
      durations: { after: PUBLISHED_AFTER_MS },
      afterRestore: 'kept',
      columns: [
        internal('id algorithm state slot createdAt activatedAt retiredAt'),
        secret('service', 'sealed'),
      ],
    }),
    table(OpenidArtifactEntity, {
      purpose: 'Codes, tokens, consents and requests of applications, as the OpenID provider keeps them.',
      kept: '{token} after they expire',
      durations: { token: KEPT_AFTER_EXPIRY_MS },
      afterRestore: 'emptied',
      columns: [
        internal('model grantId expiresAt consumedAt'),
        personal('applications.consent', 'payload'),
        secret('applications.tokenDigest', 'idDigest'),
      ],
    }),
    table(OpenidSessionClientEntity, {
      purpose: 'Which applications a person entered in a session, to sign them out of each.',
      kept: '{entered} after it was made',
      durations: { entered: APPLICATION_ENTRY_KEPT_MS },
      afterRestore: 'emptied',
      columns: [
        internal('grantId'),
        personal('applications.entry', 'sessionId applicationId accountId sid createdAt lastUsedAt endedAt'),
      ],
    }),
    table(OpenidLogoutDeliveryEntity, {
      purpose: 'The announcement to an application that a session ended.',
      kept: '{signOut} after it was made',
      durations: { signOut: LOGOUT_NOTICE_KEPT_MS },
      afterRestore: 'emptied',
      afterLoss: 'kept',
      columns: [
        internal('applicationId createdAt attempts dueAt deliveredAt failure'),
        personal('applications.entry', 'sessionId accountId sid'),
      ],
    }),
  ],
  migrations: [CreateOpenid1764000011001, IndexLogoutDelivery1764110007001],
  keyed: [{ entity: SigningKeyEntity, property: 'sealed', what: 'signing keys' }],
  personalData: OpenidPersonalData,
});
