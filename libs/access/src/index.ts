export { AccessCookies } from './access.cookies';
export { accessErrors } from './access.errors';
export { accessJournal } from './access.journal';
export { AccessModule } from './access.module';
export { ACCESS_OPTIONS, MEANS } from './access.options';
export type { AccessOptions, ResolvedAccessOptions, SignInMeans } from './access.options';
export { AccountLimitService, limitSubjectsOf } from './account-limit.service';
export { AccountPhone, NewPassword, phoneView } from './account.dto';
export { audited } from './audit-context';
export type { AuditedAct } from './audit-context';
export { CodeChannelService } from './code-channel.service';
export { ConfirmingWaysService } from './confirming-ways.service';
export type { CookieJar } from './cookie-jar.types';
export { FactorResetService } from './factor-reset.service';
export { IpThrottleService } from './ip-throttle.service';
export type { FailureKind } from './ip-throttle.service';
export { MachineAccessRegistry } from './machine-access.registry';
export { machineOf, MachineScope } from './machine.decorator';
export type { Machine, MachineAccess, MachineDoor } from './machine.types';
export { Means } from './means.dto';
export { MeansRegistry } from './means.registry';
export type { MeansPresence, SignedOutState } from './means.registry';
export { OWN_FACTORS } from './own-factor.types';
export type { OwnFactor } from './own-factor.types';
export { personOf } from './person';
export { deviceOf, principalOf } from './principal';
export { Refuses } from './refuses.decorator';
export { SecondFactorRegistry, sendsNothing, waysInOrder } from './second-factor.registry';
export type { FactorWay } from './second-factor.registry';
export { SecurityChangeService } from './security-change.service';
export type { SecurityChange } from './security-change.service';
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
export { SignInPolicy } from './sign-in.policy';
export type { PresentedPasskey, Refusal, SignInDecision } from './sign-in.policy';
export { FreshFactorGuard, RequiresFreshFactor, RequiresStepUp, StepUpGuard } from './step-up.guard';
