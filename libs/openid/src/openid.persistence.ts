import type { PersistencePart } from '@portillon/persistence';
import { SigningKeyEntity } from './keys/signing-key.entity';
import { CreateOpenid1764000011001 } from './migrations/1764000011001-create-openid';

/** The tables of this lib, for `PersistenceModule`. Why a feature has some: docs/adr/0027. */
export const openidPersistence: PersistencePart = {
  entities: [SigningKeyEntity],
  migrations: [CreateOpenid1764000011001],
  keyed: [{ entity: SigningKeyEntity, property: 'sealed', what: 'signing keys' }],
};
