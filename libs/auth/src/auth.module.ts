import { Module } from '@nestjs/common';
import { PassportModule } from '@nestjs/passport';
import { registerMeans, AccessModule } from '@portillon/access';
import { AccountModule } from '@portillon/account';
import { registerEventCounts, registerJournal } from '@portillon/audit';
import { CredentialModule } from '@portillon/credential';
import { ErrorsModule, registerFindings } from '@portillon/kernel';
import { NotificationModule } from '@portillon/notification';
import { OtpModule } from '@portillon/otp';
import { PersistenceModule } from '@portillon/persistence';
import { registerLimitCounts, RateLimitModule } from '@portillon/rate-limit';
import { SecurityNoticeModule } from '@portillon/security-notice';
import { SessionModule } from '@portillon/session';
import { authErrors, authFields } from './auth.errors';
import { authCounts, authJournal } from './auth.journal';
import { AuthMetrics } from './auth.metrics';
import {
  AUTH_OPTIONS,
  AuthOptions,
  ConfigurableModuleClass,
  MODULE_OPTIONS_TOKEN,
  resolveAuthOptions,
} from './auth.options';
import { CodeCheckService } from './code/code-check.service';
import { CodeDeliveryService } from './code/code-delivery.service';
import { CodePurposeRegistry } from './code/code-purpose.registry';
import { CodeSignInService } from './code/code-sign-in.service';
import { OwnFactorCheckService } from './code/own-factor-check.service';
import { UnreachableAddressService } from './code/unreachable-address.service';
import { FederatedSignInService } from './federated/federated-sign-in.service';
import { IdentityLinkService } from './federated/identity-link.service';
import { InactiveAccountJob } from './inactive-account.job';
import { SendLimitService } from './limits/send-limit.service';
import { SmsBudgetFindings, SmsBudgetService } from './limits/sms-budget.service';
import { LockNoticeService } from './password/lock-notice.service';
import { MovedPasswordJob } from './password/moved-password.job';
import { PasswordCheckService } from './password/password-check.service';
import { PasswordSignInService } from './password/password-sign-in.service';
import { PasswordStrategy } from './password/password.guard';
import { BrowserRecognitionService } from './session/browser-recognition.service';
import { NewBrowserJob } from './session/new-browser.job';
import { SessionController } from './session/session.controller';
import { SignInCompletionService } from './session/sign-in-completion.service';
import { SignInController } from './sign-in.controller';
import { EnrolmentProofService } from './step-up/enrolment-proof.service';
import { StepUpService } from './step-up/step-up.service';
import { WaysInService } from './ways-in/ways-in.service';

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
    MovedPasswordJob,
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
