import { Module } from '@nestjs/common';
import { PassportModule } from '@nestjs/passport';
import { registerEventCounts } from '@portillon/audit';
import { ErrorsModule } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { registerLimitCounts } from '@portillon/rate-limit';
import { authCounts } from './auth.counts';
import { authErrors, authFields } from './auth.errors';
import {
  AUTH_OPTIONS,
  AuthOptions,
  ConfigurableModuleClass,
  MODULE_OPTIONS_TOKEN,
  resolveAuthOptions,
} from './auth.options';
import { CodeDeliveryService } from './code-delivery.service';
import { CodeDestinationService } from './code-destination.service';
import { CodeCheckService } from './code-check.service';
import { CodeMessageService } from './code-message.service';
import { CodePurposeRegistry } from './code-purpose.registry';
import { CodeRefusalService } from './code-refusal.service';
import { CodeResendService } from './code-resend.service';
import { CodeSignInStartService } from './code-sign-in-start.service';
import { CodeSignInService } from './code-sign-in.service';
import { CurrentPasswordService } from './current-password.service';
import { EnrolmentProofService } from './enrolment-proof.service';
import { FederatedSignInService } from './federated-sign-in.service';
import { IdentityLinkService } from './identity-link.service';
import { InactiveAccountJob } from './inactive-account.job';
import { KnownBrowserService } from './known-browser.service';
import { LockNoticeService } from './lock-notice.service';
import { NewBrowserJob } from './new-browser.job';
import { OwnFactorCheckService } from './own-factor-check.service';
import { PasswordCheckService } from './password-check.service';
import { PasswordRefusalService } from './password-refusal.service';
import { PasswordSignInService } from './password-sign-in.service';
import { PasswordStrategy } from './password.guard';
import { SendLimitService } from './send-limit.service';
import { SentCodeCountsService } from './sent-code-counts.service';
import { SmsBudgetService } from './sms-budget.service';
import { SessionController } from './session.controller';
import { SignInCompletionService } from './sign-in-completion.service';
import { SignInController } from './sign-in.controller';
import { RememberedSignInService } from './remembered-sign-in.service';
import { SessionOpeningService } from './session-opening.service';
import { StepUpCompletionService } from './step-up-completion.service';
import { StepUpRequestService } from './step-up-request.service';
import { StepUpService } from './step-up.service';

/**
 * Signing in. Needs `AccessModule`, and the modules of kernel, persistence, account, credential, otp, session,
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
    registerEventCounts(authCounts),
    registerLimitCounts(SentCodeCountsService),
    CodeCheckService,
    CodeDestinationService,
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
    SessionOpeningService,
    SignInCompletionService,
    StepUpCompletionService,
    StepUpRequestService,
    FederatedSignInService,
    IdentityLinkService,
    LockNoticeService,
    InactiveAccountJob,
    NewBrowserJob,
    SendLimitService,
    SentCodeCountsService,
    SmsBudgetService,
    PasswordSignInService,
    PasswordStrategy,
    StepUpService,
  ],
  exports: [
    AUTH_OPTIONS,
    CodeCheckService,
    CodePurposeRegistry,
    CodeRefusalService,
    CodeDeliveryService,
    CurrentPasswordService,
    EnrolmentProofService,
    FederatedSignInService,
    IdentityLinkService,
    LockNoticeService,
    OwnFactorCheckService,
    SessionOpeningService,
    SignInCompletionService,
    StepUpCompletionService,
    StepUpRequestService,
  ],
})
export class AuthModule extends ConfigurableModuleClass {}
