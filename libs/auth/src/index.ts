export { AuthModule } from './auth.module';
export {
  ChallengeAnswer,
  challengeView,
  CodeSubmission,
  SignInCodeSubmission,
  typedCode,
} from './code/challenge.dto';
export { CodeCheckService } from './code/code-check.service';
export { CodeRefusalService } from './code/code-refusal.service';
export type { RefusedPerson } from './code/code-refusal.service';
export { CodeDeliveryService } from './code/code-delivery.service';
export type { DeliveredCode } from './code/code-delivery.types';
export { CodePurposeRegistry, registerCodePurposes } from './code/code-purpose.registry';
export type { CodePurposes } from './code/code-purpose.types';
export { codeUse } from './code/code-use';
export { OwnFactorCheckService } from './code/own-factor-check.service';
export type { OwnFactorWords } from './code/own-factor-check.service';
export { UnreachableAddressService } from './code/unreachable-address.service';
export { CurrentPasswordService, wrongPassword } from './password/current-password.service';
export { EnrolmentProofService } from './step-up/enrolment-proof.service';
export { FederatedSignInService } from './federated/federated-sign-in.service';
export type {
  PresentedProof,
  FederatedSession,
  VerifiedIdentity,
} from './federated/federated-sign-in.service';
export { refusedByRule } from './means-forbidden';
export type { GivenFactor } from './session/given-factor.types';
export { IdentityLinkService } from './federated/identity-link.service';
export type { VerifiedLink } from './federated/identity-link.service';
export { egressKey, numberPrefix } from './limits/send-limits';
export { SignInCompletionService } from './session/sign-in-completion.service';
export type { CompletedSignIn, CompletionPlace } from './session/sign-in-completion.service';
export { StepUpCompletionService } from './step-up/step-up-completion.service';
export type { SteppedUp } from './step-up/step-up-completion.service';
export { SessionOpeningService, SignInRefused } from './session/session-opening.service';
export type { OpenedSession, SessionOpening } from './session/session-opening.service';
export { ENTRIES } from './ways-in/ways-in.types';
export type { Entrant, Entry, WayIn, WaysIn } from './ways-in/ways-in.types';
export { WaysInService } from './ways-in/ways-in.service';
export type {} from './auth.errors';
export type {} from './auth.journal';
export type {} from './auth.purposes';
