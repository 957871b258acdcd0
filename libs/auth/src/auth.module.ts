import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { PassportModule } from '@nestjs/passport';
import { registerEventCounts } from '@portillon/audit';
import { ErrorsModule } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { registerLimitCounts, registerLimits } from '@portillon/rate-limit';
import { AccountLimitService } from './account-limit.service';
import { authCounts } from './auth.counts';
import { authErrors, authFields } from './auth.errors';
import { AuthCookies } from './auth.cookies';
import {
  AUTH_OPTIONS,
  AuthOptions,
  ConfigurableModuleClass,
  MODULE_OPTIONS_TOKEN,
  resolveAuthOptions,
} from './auth.options';
import { CodeChannelService } from './code-channel.service';
import { CodeDeliveryService } from './code-delivery.service';
import { CodeCheckService } from './code-check.service';
import { CodeMessageService } from './code-message.service';
import { CodePurposeRegistry } from './code-purpose.registry';
import { CodeRefusalService } from './code-refusal.service';
import { CodeResendService } from './code-resend.service';
import { CodeSignInStartService } from './code-sign-in-start.service';
import { CodeSignInService } from './code-sign-in.service';
import { CurrentPasswordService } from './current-password.service';
import { EnrolmentProofService } from './enrolment-proof.service';
import { FactorResetService } from './factor-reset.service';
import { FederatedSignInService } from './federated-sign-in.service';
import { IdentityLinkService } from './identity-link.service';
import { InactiveAccountJob } from './inactive-account.job';
import { FAILURE_LIMITS, IpThrottleService } from './ip-throttle.service';
import { KnownBrowserService } from './known-browser.service';
import { LockNoticeService } from './lock-notice.service';
import { MachineAccessRegistry } from './machine-access.registry';
import { MeansRegistry } from './means.registry';
import { NewBrowserJob } from './new-browser.job';
import { OwnFactorCheckService } from './own-factor-check.service';
import { PasswordCheckService } from './password-check.service';
import { PasswordRefusalService } from './password-refusal.service';
import { PasswordSignInService } from './password-sign-in.service';
import { PasswordStrategy } from './password.guard';
import { SecurityChangeService } from './security-change.service';
import { SendLimitService } from './send-limit.service';
import { SentCodeCountsService } from './sent-code-counts.service';
import { SmsBudgetService } from './sms-budget.service';
import { SessionController } from './session.controller';
import { SecondFactorRegistry } from './second-factor.registry';
import { SessionGuard } from './session.guard';
import { SignInCompletionService } from './sign-in-completion.service';
import { SignInController } from './sign-in.controller';
import { SignInPolicy } from './sign-in.policy';
import { FreshFactorGuard, StepUpGuard } from './step-up.guard';
import { RememberedSignInService } from './remembered-sign-in.service';
import { SessionOpeningService } from './session-opening.service';
import { StepUpCompletionService } from './step-up-completion.service';
import { StepUpRequestService } from './step-up-request.service';
import { StepUpService } from './step-up.service';

/**
 * Signing in, and the guard of every route. Needs the modules of kernel, persistence, account, otp, session,
 * notification, audit, rate-limit and security-notice beside it.
 */
@Module({
  imports: [PersistenceModule, ErrorsModule.forFeature(authErrors, authFields), PassportModule],
  controllers: [SignInController, SessionController],
  providers: [
    {
      provide: AUTH_OPTIONS,
      inject: [MODULE_OPTIONS_TOKEN],
      useFactory: (o: AuthOptions) => resolveAuthOptions(o),
    },
    { provide: APP_GUARD, useClass: SessionGuard },
    registerEventCounts(authCounts),
    registerLimits({ block: FAILURE_LIMITS }),
    registerLimitCounts(SentCodeCountsService),
    AccountLimitService,
    AuthCookies,
    IpThrottleService,
    CodeChannelService,
    CodeCheckService,
    CodeMessageService,
    CodePurposeRegistry,
    CodeRefusalService,
    CodeDeliveryService,
    CodeResendService,
    CodeSignInService,
    CodeSignInStartService,
    CurrentPasswordService,
    EnrolmentProofService,
    KnownBrowserService,
    OwnFactorCheckService,
    PasswordCheckService,
    PasswordRefusalService,
    RememberedSignInService,
    SecondFactorRegistry,
    SecurityChangeService,
    SessionOpeningService,
    SignInCompletionService,
    StepUpCompletionService,
    StepUpRequestService,
    FactorResetService,
    FreshFactorGuard,
    StepUpGuard,
    FederatedSignInService,
    IdentityLinkService,
    LockNoticeService,
    MachineAccessRegistry,
    InactiveAccountJob,
    MeansRegistry,
    NewBrowserJob,
    SendLimitService,
    SentCodeCountsService,
    SmsBudgetService,
    PasswordSignInService,
    PasswordStrategy,
    StepUpService,
    SignInPolicy,
  ],
  exports: [
    AUTH_OPTIONS,
    AccountLimitService,
    AuthCookies,
    IpThrottleService,
    CodeCheckService,
    CodePurposeRegistry,
    CodeRefusalService,
    CodeDeliveryService,
    CurrentPasswordService,
    EnrolmentProofService,
    FactorResetService,
    FreshFactorGuard,
    StepUpGuard,
    FederatedSignInService,
    IdentityLinkService,
    LockNoticeService,
    MachineAccessRegistry,
    MeansRegistry,
    OwnFactorCheckService,
    SecondFactorRegistry,
    SecurityChangeService,
    SessionOpeningService,
    SignInCompletionService,
    SignInPolicy,
    StepUpCompletionService,
    StepUpRequestService,
  ],
})
export class AuthModule extends ConfigurableModuleClass {}
