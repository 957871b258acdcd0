export { ACR_LEVELS, acrOf, acrOfMeans, amrOfEvidence, isAcr, reachesAcr } from './acr.policy';
export type { Acr, AcrOfMeans, SignInEvidence } from './acr.policy';
export { GATE_CALLBACK } from './application-uri.policy';
export { CLIENT_ID, MACHINE_SCOPES, PEOPLE_SCOPES } from './application-fields.policy';
export { resourcesOf } from './application-fields.policy';
export type { ApplicationEntity } from './application.entity';
export type {} from './application.errors';
export { isPublicKeySet } from './application-keys.policy';
export { ApplicationModule } from './application.module';
export { ACR_OF_MEANS, OFFERED_AUTH_METHODS, OFFERED_PKCE_RULES } from './application.options';
export type { ApplicationOptions } from './application.options';
export { applicationPersistence } from './application.persistence';
export type { ClientApplication, GatedApplication } from './application.repository';
export { ApplicationHostService } from './origins/application-host.service';
export { ApplicationService } from './application.service';
export type { ApplicationPage } from './application.service';
export {
  APPLICATION_KINDS,
  APPLICATION_STATUSES,
  AUTH_METHODS,
  CLAIMS_SHAPES,
  ID_TOKEN_ALGS,
  PEOPLE_KINDS,
  PKCE_RULES,
  SECRET_METHODS,
} from './application.types';
export type {
  ApplicationDraft,
  ApplicationEdit,
  ApplicationKind,
  ApplicationSettings,
  ApplicationStatus,
  AuthMethod,
  ClaimsShape,
  IdTokenAlg,
  PkceRule,
  PublicJwks,
} from './application.types';
export {
  audienceMember,
  audienceMemberOf,
  mayOpen,
  onlyStructureOf,
  placedFor,
  placesFor,
} from './audience.policy';
export type { AudienceMember, PlacedPerson } from './audience.policy';
export { requiresPkce } from './audience.policy';
export { ApplicationRefusals } from './refusals/application-refusals.service';
export { ApplicationSecretService } from './secrets/application-secret.service';
export type { ApplicationSecret } from './secrets/application-secret.service';
export { refusalText } from './refusals/refusal.texts';
export type { RefusalReason } from './refusals/refusal.texts';
export type {} from './application.findings';
