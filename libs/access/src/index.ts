export { AccessCookies } from './guard/access.cookies';
export type {} from './access.errors';
export type {} from './access.journal';
export { AccessModule } from './access.module';
export { ACCESS_OPTIONS } from './access.options';
export type { AccessOptions, ResolvedAccessOptions } from './access.options';
export { AccountLimitService, limitSubjectsOf } from './change/account-limit.service';
export { AccountPhone, NewPassword, phoneView } from './person/account.dto';
export { audited } from './person/principal';
export type { AuditedAct } from './person/principal';
export type { Administering } from './policy/admission.types';
export { CodeChannelService } from './policy/code-channel.service';
export { ConfirmingFactorsService } from './policy/confirming-factors.service';
export type { CookieJar } from './policy/means.types';
export { FactorResetService } from './change/factor-reset.service';
export { isProven, MembershipChangeService } from './change/membership-change.service';
export { IpThrottleService } from './guard/ip-throttle.service';
export type { AttemptKind, Turn } from './guard/ip-throttle.service';
export { registerMachineAccess } from './guard/machine-access.registry';
export { machineOf, MachineScope } from './guard/machine-access.registry';
export type { Machine, MachineAccess, MachineRoute } from './guard/machine-access.registry';
export { Means } from './policy/means.registry';
export { MeansRegistry, registerMeans } from './policy/means.registry';
export type { MeansPresence, SignedOutState, SignInMeans } from './policy/means.types';
export { Face, brandingView, logoPath } from './person/session.dto';
export { holderOf } from './person/principal';
export { StructureInUseService } from './person/structure-in-use.service';
export { deviceOf, principalOf, principalsOf } from './person/principal';
export { ApiErrors } from './api-errors.decorator';
export { FactorRegistry, registerFactor } from './policy/factor.registry';
export type {
  Factor,
  FactorDeclaration,
  FactorPresence,
  OwnFactor,
  OwnFactorNames,
} from './policy/factor.types';
export { SecurityChangeService } from './change/security-change.service';
export {
  SessionView,
  SessionActivityView,
  SessionAnswer,
  SessionStructure,
  sessionView,
  SignedIn,
} from './person/session.dto';
export { AllowsEnrolment, AllowsLateCode, CurrentSession } from './guard/session.guard';
export { WorkplaceService } from './person/workplace.service';
export { memberOf, refusalOfState, SignInPolicy } from './policy/sign-in.policy';
export { ACCEPTED_MEANS, WAY_IN_REASONS } from './policy/admission.types';
export type {
  AcceptedMeansId,
  Admission,
  Judged,
  Presented,
  PresentedPasskey,
  Refusal,
  WayInReason,
  WayInReasonCode,
} from './policy/admission.types';
export { ChannelPolicy } from './policy/channel.policy';
export { CodeTimePolicy } from './policy/code-time.policy';
export { FactorPolicy } from './policy/factor.policy';
export { RequiresFreshFactor, RequiresStepUp, StepUpGuard } from './guard/step-up.guard';
