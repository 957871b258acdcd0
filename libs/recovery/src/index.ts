export { InvitationService } from './invitation.service';
export type { InvitationActor } from './invitation.service';
export { RECOVERY_MAIL_OPTIONS } from './link-mail';
export type { RecoveryMailOptions } from './link-mail';
export type {} from './recovery.journal';
export { RecoveryModule } from './recovery.module';
