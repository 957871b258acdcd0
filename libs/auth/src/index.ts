export { AccountPhone, LOCALES, NewPassword, PASSWORD_LENGTH, phoneView } from './account.dto';
export { Refuses } from './answers';
export { audited } from './audit-context';
export type { AuditedAct } from './audit-context';
export { BlockFailures } from './block-failures';
export type { FailureKind } from './block-failures';
export { AuthCookies } from './auth-cookies';
export { AUTH_OPTIONS, MEANS } from './auth-options';
export type { AuthOptions, Means, ResolvedAuthOptions } from './auth-options';
export { AuthModule } from './auth.module';
export { Challenge, ChallengeAnswer, CHANNELS, CodeSubmission, typedCode } from './challenge.dto';
export { CodeRefusals } from './code-refusals';
export { challengeView, CodeSender } from './code-sender';
export type { CodeRequest, PendingCode } from './code-sender';
export { codeUse } from './code-use';
export { FactorChange } from './factor-change';
export { Fresh, FreshGuard } from './fresh.guard';
export { IdentifiedSignIn } from './identified-sign-in';
export type { Beside, IdentifiedSession, ProvenIdentity } from './identified-sign-in';
export { IdentityLink } from './identity-link';
export type { ProvenLink } from './identity-link';
export { Invitations } from './invitations';
export type { InvitationActor } from './invitations';
export { LockWatch } from './lock-watch';
export { LongAbsence } from './long-absence';
export { MeansRegistry } from './means-registry';
export type { MeansPresence } from './means-registry';
export type { NoticeDetails, NoticeKind } from './notice';
export { Notices } from './notices';
export { PasswordResets } from './password-resets';
export { deviceOf, principalOf } from './principal';
export { Problem } from './problem.dto';
export { hitOfBlock } from './send-limits';
export { personOf } from './session-code';
export {
  Session,
  SessionAccount,
  SessionActivity,
  SessionAnswer,
  SessionStructure,
  sessionView,
  SignedIn,
} from './session.dto';
export { AllowsLateCode, CurrentSession } from './session.guard';
export { SignInPolicy } from './sign-in-policy';
export type { SignInDecision } from './sign-in-policy';
export { refuseWeakPassword } from './weak-password';
