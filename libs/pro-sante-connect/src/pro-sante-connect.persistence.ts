import type { PersistencePart } from '@portillon/persistence';
import { CreateProSanteConnect1764000007001 } from './migrations/1764000007001-create-pro-sante-connect';
import { NarrowPscRequest1764000007011 } from './migrations/1764000007011-narrow-psc-request';
import {
  PscChoiceEntity,
  PscLogoutEntity,
  PscRequestEntity,
  PscSessionEntity,
} from './pro-sante-connect.entities';

/** The tables of this lib, for `PersistenceModule`. Why a feature has some: docs/adr/0010. */
export const proSanteConnectPersistence: PersistencePart = {
  entities: [PscRequestEntity, PscChoiceEntity, PscSessionEntity, PscLogoutEntity],
  migrations: [CreateProSanteConnect1764000007001, NarrowPscRequest1764000007011],
};
