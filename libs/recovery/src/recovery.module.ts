import { Module } from '@nestjs/common';
import { AccessModule } from '@portillon/access';
import { AccountModule } from '@portillon/account';
import { registerJournal } from '@portillon/audit';
import { AuthenticatorModule } from '@portillon/authenticator';
import { CredentialModule } from '@portillon/credential';
import { NotificationModule } from '@portillon/notification';
import { PersistenceModule } from '@portillon/persistence';
import { registerLimits, RateLimitModule } from '@portillon/rate-limit';
import { SecurityNoticeModule } from '@portillon/security-notice';
import { EventReportService } from './event-report.service';
import { InvitationService } from './invitation.service';
import { LinkCheckService } from './link-check.service';
import { MembershipLinkService, MembershipMailJob } from './membership-link.service';
import { PasswordLinkService } from './password-link.service';
import { PasswordResetJob } from './password-reset.job';
import { PasswordResetService } from './password-reset.service';
import { EventReportController, MembershipLinkController, RecoveryController } from './recovery.controller';
import { recoveryJournal } from './recovery.journal';
import { ConfigurableModuleClass } from './link-mail';
import { RESET_LIMITS, ResetLimitService } from './reset-limit.service';

/** Links that come by mail: to choose a password, to report an event, to join a structure. */
@Module({
  imports: [
    AccessModule,
    AccountModule,
    AuthenticatorModule,
    CredentialModule,
    NotificationModule,
    RateLimitModule,
    SecurityNoticeModule,
    PersistenceModule,
  ],
  controllers: [EventReportController, MembershipLinkController, RecoveryController],
  providers: [
    registerJournal(recoveryJournal),
    registerLimits(RESET_LIMITS),
    EventReportService,
    InvitationService,
    LinkCheckService,
    MembershipLinkService,
    MembershipMailJob,
    PasswordLinkService,
    PasswordResetJob,
    PasswordResetService,
    ResetLimitService,
  ],
  exports: [InvitationService],
})
export class RecoveryModule extends ConfigurableModuleClass {}
