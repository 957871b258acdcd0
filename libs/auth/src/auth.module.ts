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
} from './auth-options';
import { BlockFailures } from './block-failures';
import { CodeRefusals } from './code-refusals';
import { CodeSender } from './code-sender';
import { CodeStep } from './code-step';
import { FactorChange } from './factor-change';
import { FreshGuard } from './fresh.guard';
import { IdentifiedSignIn } from './identified-sign-in';
import { IdentityLink } from './identity-link';
import { Invitations } from './invitations';
import { LockWatch } from './lock-watch';
import { LongAbsence } from './long-absence';
import { MeansRegistry } from './means-registry';
import { NewBrowserNotices } from './new-browser-notices';
import { Notices } from './notices';
import { PasswordByLink } from './password-by-link';
import { PasswordResets } from './password-resets';
import { PasswordStep } from './password-step';
import { PasswordStrategy } from './password.guard';
import { RecoveryController } from './recovery.controller';
import { SessionCode } from './session-code';
import { SessionController } from './session.controller';
import { SessionGuard } from './session.guard';
import { SignInController } from './sign-in.controller';
import { SignInPolicy } from './sign-in-policy';

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
    BlockFailures,
    CodeRefusals,
    CodeSender,
    CodeStep,
    FactorChange,
    FreshGuard,
    IdentifiedSignIn,
    IdentityLink,
    Invitations,
    LockWatch,
    LongAbsence,
    MeansRegistry,
    NewBrowserNotices,
    Notices,
    PasswordByLink,
    PasswordResets,
    PasswordStep,
    PasswordStrategy,
    SessionCode,
    SignInPolicy,
  ],
  exports: [
    AUTH_OPTIONS,
    AuthCookies,
    BlockFailures,
    CodeRefusals,
    CodeSender,
    FactorChange,
    FreshGuard,
    IdentifiedSignIn,
    IdentityLink,
    Invitations,
    LockWatch,
    LongAbsence,
    MeansRegistry,
    Notices,
    PasswordResets,
    SignInPolicy,
  ],
})
export class AuthModule extends ConfigurableModuleClass {}
