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
import { PasswordLinkService } from './password-link.service';
import { PasswordResetJob } from './password-reset.job';
import { PasswordResetService } from './password-reset.service';
import { EventReportController, RecoveryController } from './recovery.controller';
import { recoveryJournal } from './recovery.journal';
import { ConfigurableModuleClass } from './link-mail';
import { RESET_LIMITS, ResetLimitService } from './reset-limit.service';

/** Forgotten passwords and invitations: a password chosen by a link that came by mail. */
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
  controllers: [EventReportController, RecoveryController],
  providers: [
    registerJournal(recoveryJournal),
    registerLimits(RESET_LIMITS),
    EventReportService,
    InvitationService,
    LinkCheckService,
    PasswordLinkService,
    PasswordResetJob,
    PasswordResetService,
    ResetLimitService,
  ],
  exports: [InvitationService],
})
export class RecoveryModule extends ConfigurableModuleClass {}
