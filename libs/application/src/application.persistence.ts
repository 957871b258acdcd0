import { persistencePart, secret, table } from '@portillon/persistence';
import type { PersistencePart } from '@portillon/persistence';
import { ApplicationEntity } from './application.entity';
import { CreateApplication1764000008001 } from './migrations/1764000008001-create-application';
import { ChooseIdTokenAlg1764110009001 } from './migrations/1764110009001-choose-id-token-alg';
import { ChooseRefreshAndAssertion1764120002001 } from './migrations/1764120002001-choose-refresh-and-assertion';
import { ChoosePkce1764600001001 } from './migrations/1764600001001-choose-pkce';
import { NoteFirstRequest1764300004001 } from './migrations/1764300004001-note-first-request';
import { ApplicationOriginEntity } from './origins/application-origin.entity';
import { ApplicationRefusalEntity } from './refusals/application-refusal.entity';
import { ApplicationSecretEntity } from './secrets/application-secret.entity';
import { KEPT_MS } from './refusals/application-refusals.service';
/** The tables of this lib, for `PersistenceModule.forRoot({ parts })`. */
export const applicationPersistence: PersistencePart = persistencePart({
  tables: [
    table(ApplicationEntity, {
      purpose: 'An application that people enter by this service, and what it may learn.',
      kept: 'as long as the service; one that is disabled stays',
      afterRestore: 'kept',
      columns: {
        id: 'internal',
        kind: 'internal',
        structureId: 'internal',
        name: 'internal',
        nameKey: 'internal',
        redirectUris: 'internal',
        postLogoutRedirectUris: 'internal',
        initiateLoginUri: 'internal',
        backchannelLogoutUri: 'internal',
        homeUri: 'internal',
        authMethod: 'internal',
        pkce: 'internal',
        jwks: 'internal',
        jwksUri: 'internal',
        tlsSubjectDn: 'internal',
        scopes: 'internal',
        audienceRoles: 'internal',
        audienceStructures: 'internal',
        audienceProfessions: 'internal',
        minAcr: 'internal',
        maxAgeSeconds: 'internal',
        confirmIdentity: 'internal',
        trusted: 'internal',
        claimsShape: 'internal',
        idTokenAlg: 'internal',
        claimNames: 'internal',
        claimMail: 'internal',
        claimGroups: 'internal',
        resources: 'internal',
        offlineAccess: 'internal',
        gateAssertion: 'internal',
        status: 'internal',
        firstSeenAt: 'internal',
        seenFrom: 'internal',
        version: 'internal',
        createdAt: 'internal',
        updatedAt: 'internal',
      },
    }),
    table(ApplicationSecretEntity, {
      purpose: 'What an application proves itself by.',
      kept: 'until it is ended or expires',
      afterRestore: 'kept',
      columns: {
        id: 'internal',
        applicationId: 'internal',
        slot: 'internal',
        digest: secret('service'),
        createdAt: 'internal',
        expiresAt: 'internal',
        lastUsedAt: 'internal',
      },
    }),
    table(ApplicationOriginEntity, {
      purpose: 'The origins of an application, each a key, so that no two have one.',
      kept: 'with the application',
      afterRestore: 'kept',
      columns: {
        origin: 'internal',
        applicationId: 'internal',
      },
    }),
    table(ApplicationRefusalEntity, {
      purpose: 'Why requests of an application were refused, for who sets it up.',
      kept: '{after} after the last one, and the latest 50 alone',
      durations: { after: KEPT_MS },
      afterRestore: 'kept',
      columns: {
        applicationId: 'internal',
        digest: 'internal',
        code: 'internal',
        detail: 'internal',
        times: 'internal',
        firstAt: 'internal',
        lastAt: 'internal',
      },
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
