export { InvitationService } from './invitation.service';
export type { InvitationActor } from './invitation.service';
export type {} from './recovery.journal';
export { RecoveryModule } from './recovery.module';
