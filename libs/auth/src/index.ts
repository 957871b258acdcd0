export { AccountPhone, LOCALES, NewPassword, PASSWORD_LENGTH, phoneView } from './account.dto';
export { Refuses } from './refuses.decorator';
export { audited } from './audit-context';
export type { AuditedAct } from './audit-context';
export { IpThrottleService } from './ip-throttle.service';
export type { FailureKind } from './ip-throttle.service';
export { AuthCookies } from './auth.cookies';
export type { CookieJar } from './cookie-jar.types';
export { AUTH_OPTIONS, MEANS } from './auth.options';
export type { AuthOptions, ResolvedAuthOptions, SignInMeans } from './auth.options';
export { AuthModule } from './auth.module';
export {
  Challenge,
  ChallengeAnswer,
  challengeView,
  CHANNELS,
  CodeSubmission,
  SignInCodeSubmission,
  typedCode,
} from './challenge.dto';
export { CodeCheckService } from './code-check.service';
export { CodeRefusalService } from './code-refusal.service';
export { OwnFactorCheckService } from './own-factor-check.service';
export type { OwnFactorWords } from './own-factor-check.service';
export type { OwnFactor } from './own-factor.types';
export type { RefusedPerson } from './code-refusal.service';
export { CodeDeliveryService } from './code-delivery.service';
export type { CodeRequest, DeliveredCode, PendingCode } from './code-delivery.types';
export { CodePurposeRegistry, registerCodePurposes } from './code-purpose.registry';
export type { CodePurpose, CodePurposes, CodePurposeTexts } from './code-purpose.types';
export { codeUse } from './code-use';
export { CurrentPasswordService, wrongPassword } from './current-password.service';
export { EnrolmentProofService } from './enrolment-proof.service';
export { FactorResetService } from './factor-reset.service';
export { FreshFactorGuard, RequiresFreshFactor, RequiresStepUp, StepUpGuard } from './step-up.guard';
export { FederatedSignInService } from './federated-sign-in.service';
export type { Beside, FederatedSession, VerifiedIdentity } from './federated-sign-in.service';
export type { GivenFactor } from './given-factor.types';
export { IdentityLinkService } from './identity-link.service';
export type { VerifiedLink } from './identity-link.service';
export { LockNoticeService } from './lock-notice.service';
export { MachineAccessRegistry } from './machine-access.registry';
export { machineOf, MachineScope } from './machine.decorator';
export type { Machine, MachineAccess, MachineDoor } from './machine.types';
export { MeansRegistry } from './means.registry';
export type { MeansPresence, SignedOutState } from './means.registry';
export { deviceOf, principalOf } from './principal';
export { Problem } from './problem.dto';
export { egressKey, hitOfBlock, numberPrefix } from './send-limits';
export { AccountLimitService, limitSubjectsOf } from './account-limit.service';
export { personOf } from './person';
export {
  Session,
  SessionAccount,
  SessionActivity,
  SessionAnswer,
  SessionStructure,
  sessionView,
  SignedIn,
} from './session.dto';
export { AllowsEnrolment, AllowsLateCode, CurrentSession } from './session.guard';
export { SecondFactorRegistry } from './second-factor.registry';
export type { FactorWay } from './second-factor.registry';
export { SecurityChangeService } from './security-change.service';
export type { SecurityChange } from './security-change.service';
export { SignInCompletionService } from './sign-in-completion.service';
export type { CompletedSignIn, CompletionPlace } from './sign-in-completion.service';
export { StepUpRequestService } from './step-up-request.service';
export { StepUpCompletionService } from './step-up-completion.service';
export type { SteppedUp } from './step-up-completion.service';
export { SessionOpeningService, SignInRefused } from './session-opening.service';
export type { OpenedSession, SessionOpening } from './session-opening.service';
export { SignInPolicy } from './sign-in.policy';
export type { Means } from './sign-in.dto';
export type { PresentedPasskey, SignInDecision } from './sign-in.policy';
export { authErrors, authFields } from './auth.errors';
export { authJournal } from './auth.journal';
export { authPurposes } from './auth.purposes';
