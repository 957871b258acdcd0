export { AuthenticatorModule } from './authenticator.module';
export type {} from './authenticator.personal-data';
export { authenticatorPersistence } from './authenticator.persistence';
export { AuthenticatorService } from './authenticator.service';
export type { HeldMeans } from './authenticator.service';
export { CHALLENGE_MS } from './challenge.service';
export { PasskeyAssertionService } from './passkey/passkey-assertion.service';
export type {
  AssertionCheck,
  AssertionRequest,
  VerifiedAssertion,
} from './passkey/passkey-assertion.service';
export { PasskeyRegistrationService } from './passkey/passkey-registration.service';
export type { RegistrationCheck, VerifiedRegistration } from './passkey/passkey-registration.service';
export type { PasskeyOptions } from './passkey.options';
export { PasskeyService } from './passkey/passkey.service';
export { RecoveryCodeService } from './recovery-code/recovery-code.service';
export { TotpEnrolmentService } from './totp/totp-enrolment.service';
export type { BegunTotp, ProvenTotp } from './totp/totp-enrolment.service';
export { TotpService } from './totp/totp.service';
export type { OpenTotp, TotpStep } from './totp/totp.service';
export type { AcceptedMeans, IdentityProof, Passkey } from './passkey/passkey.types';
export type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
