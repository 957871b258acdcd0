import type { PersistencePart } from '@portillon/persistence';
import { SigningKeyEntity } from './keys/signing-key.entity';
import { OpenidArtifactEntity } from './artifacts/openid-artifact.entity';
import { OpenidLogoutDeliveryEntity } from './back-channel/openid-logout-delivery.entity';
import { OpenidSessionClientEntity } from './sessions/openid-session-client.entity';
import { CreateOpenid1764000011001 } from './migrations/1764000011001-create-openid';
import { IndexLogoutDelivery1764110007001 } from './migrations/1764110007001-index-logout-delivery';

/** The tables of this lib, for `PersistenceModule`. Why a feature has some: docs/adr/0027. */
export const openidPersistence: PersistencePart = {
  entities: [SigningKeyEntity, OpenidArtifactEntity, OpenidSessionClientEntity, OpenidLogoutDeliveryEntity],
  migrations: [CreateOpenid1764000011001, IndexLogoutDelivery1764110007001],
  keyed: [{ entity: SigningKeyEntity, property: 'sealed', what: 'signing keys' }],
  afterRestore: {
    emptied: [OpenidArtifactEntity, OpenidSessionClientEntity, OpenidLogoutDeliveryEntity],
    kept: [SigningKeyEntity],
  },
};
