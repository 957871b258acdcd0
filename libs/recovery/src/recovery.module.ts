import { Module } from '@nestjs/common';
import { InvitationService } from './invitation.service';
import { PasswordLinkService } from './password-link.service';
import { PasswordResetJob } from './password-reset.job';
import { PasswordResetService } from './password-reset.service';
import { RecoveryController } from './recovery.controller';
import { ConfigurableModuleClass } from './recovery.options';

/**
 * Forgotten passwords and invitations: a password chosen by a link that came by mail. Needs `AuthModule` and what that
 * needs.
 */
@Module({
  controllers: [RecoveryController],
  providers: [InvitationService, PasswordLinkService, PasswordResetJob, PasswordResetService],
  exports: [InvitationService],
})
export class RecoveryModule extends ConfigurableModuleClass {}
