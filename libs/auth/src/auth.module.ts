import { AccountModule } from '@portillon/account';
import { CredentialModule } from '@portillon/credential';
import { NotificationModule } from '@portillon/notification';
import { OtpModule } from '@portillon/otp';
import { SecurityNoticeModule } from '@portillon/security-notice';
import { SessionModule } from '@portillon/session';
import { Module } from '@nestjs/common';
import { registerMeans, AccessModule } from '@portillon/access';
import { PassportModule } from '@nestjs/passport';
import { registerEventCounts, registerJournal } from '@portillon/audit';
import { ErrorsModule, registerFindings } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { registerLimitCounts, RateLimitModule } from '@portillon/rate-limit';
import { authJournal } from './auth.journal';
import { authCounts } from './auth.counts';
import { authErrors, authFields } from './auth.errors';
import { AuthMetrics } from './auth.metrics';
import {
  AUTH_OPTIONS,
  AuthOptions,
  ConfigurableModuleClass,
  MODULE_OPTIONS_TOKEN,
  resolveAuthOptions,
} from './auth.options';
import { CodeDeliveryService } from './code/code-delivery.service';
import { CodeCheckService } from './code/code-check.service';
import { CodePurposeRegistry } from './code/code-purpose.registry';
import { OwnFactorCheckService } from './code/own-factor-check.service';
import { CodeSignInService } from './code/code-sign-in.service';
import { EnrolmentProofService } from './step-up/enrolment-proof.service';
import { FederatedSignInService } from './federated/federated-sign-in.service';
import { IdentityLinkService } from './federated/identity-link.service';
import { InactiveAccountJob } from './inactive-account.job';
import { BrowserRecognitionService } from './session/browser-recognition.service';
import { LockNoticeService } from './password/lock-notice.service';
import { NewBrowserJob } from './session/new-browser.job';
import { PasswordCheckService } from './password/password-check.service';
import { PasswordSignInService } from './password/password-sign-in.service';
import { PasswordStrategy } from './password/password.guard';
import { SendLimitService } from './limits/send-limit.service';
import { SmsBudgetFindings } from './limits/sms-budget.findings';
import { SmsBudgetService } from './limits/sms-budget.service';
import { SessionController } from './session/session.controller';
import { SignInCompletionService } from './session/sign-in-completion.service';
import { SignInController } from './sign-in.controller';
import { StepUpCompletionService } from './step-up/step-up-completion.service';
import { StepUpService } from './step-up/step-up.service';
import { WaysInService } from './ways-in/ways-in.service';
import { UnreachableAddressService } from './code/unreachable-address.service';

/** What other features inject. */
const SHARED = [
  CodeCheckService,
  CodePurposeRegistry,
  CodeDeliveryService,
  EnrolmentProofService,
  FederatedSignInService,
  IdentityLinkService,
  OwnFactorCheckService,
  PasswordCheckService,
  SignInCompletionService,
  StepUpCompletionService,
  UnreachableAddressService,
  WaysInService,
];

/** The sign-in. */
@Module({
  imports: [
    AccessModule,
    AccountModule,
    CredentialModule,
    NotificationModule,
    OtpModule,
    RateLimitModule,
    SecurityNoticeModule,
    SessionModule,
    PersistenceModule,
    ErrorsModule.forFeature(authErrors, authFields),
    PassportModule,
  ],
  controllers: [SignInController, SessionController],
  providers: [
    registerJournal(authJournal),
    {
      provide: AUTH_OPTIONS,
      inject: [MODULE_OPTIONS_TOKEN],
      useFactory: (o: AuthOptions) => resolveAuthOptions(o),
    },
    registerEventCounts(authCounts),
    registerMeans({ id: 'password', rank: 4 }),
    ...registerFindings(SmsBudgetFindings),
    registerLimitCounts(SendLimitService),
    AuthMetrics,
    CodeSignInService,
    BrowserRecognitionService,
    InactiveAccountJob,
    LockNoticeService,
    NewBrowserJob,
    SendLimitService,
    SmsBudgetService,
    PasswordSignInService,
    PasswordStrategy,
    StepUpService,
    ...SHARED,
  ],
  exports: [AUTH_OPTIONS, ...SHARED],
})
export class AuthModule extends ConfigurableModuleClass {}
