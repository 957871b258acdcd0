export type { AuthOptions } from './auth.options';
export { AuthModule } from './auth.module';
export {
  Challenge,
  ChallengeAnswer,
  challengeView,
  CodeSubmission,
  SignInCodeSubmission,
  typedCode,
} from './challenge.dto';
export { CodeCheckService } from './code-check.service';
export { CodeRefusalService } from './code-refusal.service';
export { OwnFactorCheckService } from './own-factor-check.service';
export type { OwnFactorWords } from './own-factor-check.service';
export type { RefusedPerson } from './code-refusal.service';
export { CodeDeliveryService } from './code-delivery.service';
export type { CodeRequest, DeliveredCode, PendingCode } from './code-delivery.types';
export { CodePurposeRegistry, registerCodePurposes } from './code-purpose.registry';
export type { CodePurpose, CodePurposes, CodePurposeTexts } from './code-purpose.types';
export { codeUse } from './code-use';
export { CurrentPasswordService, wrongPassword } from './current-password.service';
export { EnrolmentProofService } from './enrolment-proof.service';
export { FederatedSignInService } from './federated-sign-in.service';
export type { Beside, FederatedSession, VerifiedIdentity } from './federated-sign-in.service';
export type { GivenFactor } from './given-factor.types';
export { IdentityLinkService } from './identity-link.service';
export type { VerifiedLink } from './identity-link.service';
export { LockNoticeService } from './lock-notice.service';
export { Problem } from './problem.dto';
export { egressKey, numberPrefix } from './send-limits';
export { SignInCompletionService } from './sign-in-completion.service';
export type { CompletedSignIn, CompletionPlace } from './sign-in-completion.service';
export { StepUpRequestService } from './step-up-request.service';
export { StepUpCompletionService } from './step-up-completion.service';
export type { SteppedUp } from './step-up-completion.service';
export { SessionOpeningService, SignInRefused } from './session-opening.service';
export type { OpenedSession, SessionOpening } from './session-opening.service';
export { authErrors, authFields } from './auth.errors';
export { authJournal } from './auth.journal';
export { authPurposes } from './auth.purposes';
