import type { PersistencePart } from '@portillon/persistence';
import { ActivityChoiceEntity } from './sign-in/activity-choice.entity';
import { AuthorizationRequestEntity } from './authorization/authorization-request.entity';
import { LogoutTokenEntity } from './sign-out/logout-token.entity';
import { CreateProSanteConnect1764000007001 } from './migrations/1764000007001-create-pro-sante-connect';
import { ProviderSessionEntity } from './sign-out/provider-session.entity';

/** The tables of this lib, for `PersistenceModule`. Why a feature has some: docs/adr/0010. */
export const proSanteConnectPersistence: PersistencePart = {
  entities: [AuthorizationRequestEntity, ActivityChoiceEntity, ProviderSessionEntity, LogoutTokenEntity],
  migrations: [CreateProSanteConnect1764000007001],
  afterRestore: {
    emptied: [ActivityChoiceEntity, ProviderSessionEntity],
    kept: [AuthorizationRequestEntity, LogoutTokenEntity],
  },
};
