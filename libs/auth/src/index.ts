export { AuthModule } from './auth.module';
export {
  ChallengeAnswer,
  challengeView,
  CodeSubmission,
  SignInCodeSubmission,
  typedCode,
} from './code/challenge.dto';
export { CodeCheckService, codeUse } from './code/code-check.service';
export type { RefusedPerson } from './code/code-check.service';
export { CodeDeliveryService } from './code/code-delivery.service';
export type { DeliveredCode } from './code/code.types';
export { CodePurposeRegistry, registerCodePurposes } from './code/code-purpose.registry';
export type { CodePurposes } from './code/code.types';
export { OwnFactorCheckService } from './code/own-factor-check.service';
export type { OwnFactorWords } from './code/own-factor-check.service';
export { UnreachableAddressService } from './code/unreachable-address.service';
export { PasswordCheckService, wrongPassword } from './password/password-check.service';
export { EnrolmentProofService } from './step-up/enrolment-proof.service';
export { FederatedSignInService } from './federated/federated-sign-in.service';
export type { PresentedProof, VerifiedIdentity } from './federated/federated-sign-in.service';
export { refusedByRule } from './means-forbidden';
export type { GivenFactor } from './code/code-check.service';
export { IdentityLinkService } from './federated/identity-link.service';
export type { VerifiedLink } from './federated/identity-link.service';
export { egressKey, numberPrefix } from './limits/send-limits';
export { SignInCompletionService, SignInRefused } from './session/sign-in-completion.service';
export type {
  CompletedSignIn,
  CompletionPlace,
  OpenedSession,
  SessionOpening,
} from './session/sign-in-completion.service';
export type { SteppedUp } from './session/sign-in-completion.service';
export { ENTRIES } from './ways-in/ways-in.policy';
export type { Entrant, Entry, WayIn, WaysIn } from './ways-in/ways-in.policy';
export { WaysInService } from './ways-in/ways-in.service';
export type {} from './auth.errors';
export type {} from './auth.journal';
export type {} from './auth.purposes';
