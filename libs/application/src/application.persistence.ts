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

/** The tables of this lib, for `PersistenceModule.forRoot({ parts })`. */
export const applicationPersistence: PersistencePart = {
  entities: [ApplicationEntity, ApplicationSecretEntity, ApplicationOriginEntity, ApplicationRefusalEntity],
  migrations: [
    CreateApplication1764000008001,
    ChooseIdTokenAlg1764110009001,
    ChooseRefreshAndAssertion1764120002001,
    NoteFirstRequest1764300004001,
    ChoosePkce1764600001001,
  ],
  afterRestore: {
    emptied: [],
    kept: [ApplicationEntity, ApplicationSecretEntity, ApplicationOriginEntity, ApplicationRefusalEntity],
  },
};
