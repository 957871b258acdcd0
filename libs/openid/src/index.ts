export { OpenidModule } from './openid.module';
export type { ClientCertificate, ClientCertificateOf, OpenidOptions } from './openid.options';
export { OpenidRouter } from './openid-router.service';
export { openidErrors } from './openid.errors';
export { openidPersistence } from './openid.persistence';
export { openidJournal } from './openid.journal';
export { SigningKeyRotationService } from './keys/signing-key-rotation.service';
export { SigningKeyService } from './keys/signing-key.service';
export type { SigningAlgorithm, SigningKeyInfo } from './keys/signing-key.types';
