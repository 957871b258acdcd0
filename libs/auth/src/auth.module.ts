import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { PassportModule } from '@nestjs/passport';
import { AuthCookies } from './auth-cookies';
import {
  AUTH_OPTIONS,
  AuthOptions,
  ConfigurableModuleClass,
  MODULE_OPTIONS_TOKEN,
  resolveAuthOptions,
} from './auth.options';
import { CodeDeliveryService } from './code-delivery.service';
import { CodeRefusalService } from './code-refusal.service';
import { CodeSignInService } from './code-sign-in.service';
import { FactorResetService } from './factor-reset.service';
import { FederatedSignInService } from './federated-sign-in.service';
import { IdentityLinkService } from './identity-link.service';
import { InactiveAccountJob } from './inactive-account.job';
import { InvitationService } from './invitation.service';
import { IpThrottleService } from './ip-throttle.service';
import { LockNoticeService } from './lock-notice.service';
import { MeansRegistry } from './means-registry';
import { NewBrowserJob } from './new-browser.job';
import { PasswordLinkService } from './password-link.service';
import { PasswordResetJob } from './password-reset.job';
import { PasswordResetService } from './password-reset.service';
import { PasswordSignInService } from './password-sign-in.service';
import { PasswordStrategy } from './password.guard';
import { RecoveryController } from './recovery.controller';
import { SecurityNoticeJob } from './security-notice.job';
import { SecurityNoticeService } from './security-notice.service';
import { SessionController } from './session.controller';
import { SessionGuard } from './session.guard';
import { SignInController } from './sign-in.controller';
import { SignInPolicy } from './sign-in.policy';
import { StepUpGuard } from './step-up.guard';
import { StepUpService } from './step-up.service';

/**
 * Signing in, and the guard of every route. Needs the modules of kernel, persistence, account, otp, session,
 * notification, audit and rate-limit beside it.
 */
@Module({
  imports: [PassportModule],
  controllers: [SignInController, SessionController, RecoveryController],
  providers: [
    {
      provide: AUTH_OPTIONS,
      inject: [MODULE_OPTIONS_TOKEN],
      useFactory: (o: AuthOptions) => resolveAuthOptions(o),
    },
    { provide: APP_GUARD, useClass: SessionGuard },
    AuthCookies,
    IpThrottleService,
    CodeRefusalService,
    CodeDeliveryService,
    CodeSignInService,
    FactorResetService,
    StepUpGuard,
    FederatedSignInService,
    IdentityLinkService,
    InvitationService,
    LockNoticeService,
    InactiveAccountJob,
    MeansRegistry,
    NewBrowserJob,
    SecurityNoticeJob,
    SecurityNoticeService,
    PasswordLinkService,
    PasswordResetJob,
    PasswordResetService,
    PasswordSignInService,
    PasswordStrategy,
    StepUpService,
    SignInPolicy,
  ],
  exports: [
    AUTH_OPTIONS,
    AuthCookies,
    IpThrottleService,
    CodeRefusalService,
    CodeDeliveryService,
    FactorResetService,
    StepUpGuard,
    FederatedSignInService,
    IdentityLinkService,
    InvitationService,
    LockNoticeService,
    MeansRegistry,
    SecurityNoticeService,
    SignInPolicy,
  ],
})
export class AuthModule extends ConfigurableModuleClass {}
