import { internal, persistencePart, secret, table } from '@portillon/persistence';
import type { PersistencePart } from '@portillon/persistence';
import { ApplicationEntity } from './application.entity';
import { CreateApplication1764000008001 } from './migrations/1764000008001-create-application';
import { ChooseIdTokenAlg1764110009001 } from './migrations/1764110009001-choose-id-token-alg';
import { ChooseRefreshAndAssertion1764120002001 } from './migrations/1764120002001-choose-refresh-and-assertion';
import { ChoosePkce1764600001001 } from './migrations/1764600001001-choose-pkce';
import { NoteFirstRequest1764300004001 } from './migrations/1764300004001-note-first-request';
import { ApplicationOriginEntity } from './origins/application-origin.repository';
import { ApplicationRefusalEntity } from './refusals/application-refusal.repository';
import { ApplicationSecretEntity } from './secrets/application-secret.repository';
import { REFUSALS_KEPT_MS } from './refusals/application-refusals.service';

/** The tables of this library, for `PersistenceModule.forRoot({ parts })`. */
export const applicationPersistence: PersistencePart = persistencePart({
  tables: [
    table(ApplicationEntity, {
      purpose: 'An application that people enter by this service, and what it may learn.',
      kept: 'as long as the service; one that is disabled stays',
      afterRestore: 'kept',
      columns: [
        internal('id kind structureId name nameKey redirectUris postLogoutRedirectUris initiateLoginUri'),
        internal('backchannelLogoutUri homeUri authMethod pkce jwks jwksUri tlsSubjectDn scopes'),
        internal('audienceRoles audienceStructures audienceProfessions minAcr maxAgeSeconds confirmIdentity'),
        internal('trusted claimsShape idTokenAlg claimNames claimMail claimGroups resources offlineAccess'),
        internal('gateAssertion status firstSeenAt seenFrom version createdAt updatedAt'),
      ],
    }),
    table(ApplicationSecretEntity, {
      purpose: 'What an application proves itself by.',
      kept: 'until it is ended or expires',
      afterRestore: 'kept',
      columns: [
        internal('id applicationId slot createdAt expiresAt lastUsedAt'),
        secret('service', 'digest'),
      ],
    }),
    table(ApplicationOriginEntity, {
      purpose: 'The origins of an application, each a key, so that no two have one.',
      kept: 'with the application',
      afterRestore: 'kept',
      columns: [internal('origin applicationId')],
    }),
    table(ApplicationRefusalEntity, {
      purpose: 'Why requests of an application were refused, for who sets it up.',
      kept: '{after} after the last one, and the latest 50 alone',
      durations: { after: REFUSALS_KEPT_MS },
      afterRestore: 'kept',
      columns: [internal('applicationId digest code detail times firstAt lastAt')],
    }),
  ],
  migrations: [
    CreateApplication1764000008001,
    ChooseIdTokenAlg1764110009001,
    ChooseRefreshAndAssertion1764120002001,
    NoteFirstRequest1764300004001,
    ChoosePkce1764600001001,
  ],
  personalData: { none: 'The tables hold no personal data.' },
});
