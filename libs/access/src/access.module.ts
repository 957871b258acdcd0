import { AccountModule } from '@portillon/account';
import { CredentialModule } from '@portillon/credential';
import { NotificationModule } from '@portillon/notification';
import { OtpModule } from '@portillon/otp';
import { SecurityNoticeModule } from '@portillon/security-notice';
import { SessionModule } from '@portillon/session';
import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { registerJournal } from '@portillon/audit';
import { ErrorsModule } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { registerLimits, RateLimitModule } from '@portillon/rate-limit';
import { StructureModule } from '@portillon/structure';
import { accessJournal } from './access.journal';
import { AccessCookies } from './guard/access.cookies';
import { accessErrors } from './access.errors';
import {
  ACCESS_OPTIONS,
  AccessOptions,
  ConfigurableModuleClass,
  MODULE_OPTIONS_TOKEN,
  resolveAccessOptions,
} from './access.options';
import { AccountLimitService } from './change/account-limit.service';
import { CodeChannelService } from './policy/code-channel.service';
import { ConfirmingFactorsService } from './policy/confirming-factors.service';
import { FactorResetService } from './change/factor-reset.service';
import { FAILURE_LIMITS, IpThrottleService } from './guard/ip-throttle.service';
import { MachineAccessRegistry } from './guard/machine-access.registry';
import { MeansRegistry } from './policy/means.registry';
import { FactorRegistry } from './policy/factor.registry';
import { MembershipChangeService } from './change/membership-change.service';
import { SecurityChangeService } from './change/security-change.service';
import { SessionGuard } from './guard/session.guard';
import { ChannelPolicy } from './policy/channel.policy';
import { CodeTimePolicy } from './policy/code-time.policy';
import { FactorPolicy } from './policy/factor.policy';
import { SignInPolicy } from './policy/sign-in.policy';
import { StructureInUseService } from './person/structure-in-use.service';
import { WorkplaceService } from './person/workplace.service';
import { FreshFactorGuard, StepUpGuard } from './guard/step-up.guard';

/** What other features inject. */
const SHARED = [
  AccountLimitService,
  AccessCookies,
  ChannelPolicy,
  CodeChannelService,
  CodeTimePolicy,
  ConfirmingFactorsService,
  FactorPolicy,
  FactorResetService,
  FreshFactorGuard,
  IpThrottleService,
  MachineAccessRegistry,
  MeansRegistry,
  MembershipChangeService,
  FactorRegistry,
  SecurityChangeService,
  StructureInUseService,
  WorkplaceService,
  SignInPolicy,
  StepUpGuard,
];

/**
 * Access control: the guard of every route, and the access policy. Needs the modules of kernel, account, credential, otp,
 * session, notification, audit, rate-limit and security-notice.
 */
@Module({
  imports: [
    AccountModule,
    CredentialModule,
    NotificationModule,
    OtpModule,
    RateLimitModule,
    SecurityNoticeModule,
    SessionModule,
    PersistenceModule,
    ErrorsModule.forFeature(accessErrors),
    StructureModule,
  ],
  providers: [
    registerJournal(accessJournal),
    {
      provide: ACCESS_OPTIONS,
      inject: [MODULE_OPTIONS_TOKEN],
      useFactory: (o: AccessOptions) => resolveAccessOptions(o),
    },
    { provide: APP_GUARD, useClass: SessionGuard },
    registerLimits({ block: FAILURE_LIMITS }),
    ...SHARED,
  ],
  exports: [ACCESS_OPTIONS, ...SHARED],
})
export class AccessModule extends ConfigurableModuleClass {}
