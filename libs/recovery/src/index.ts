export { InvitationService } from './invitation.service';
export type { InvitationActor } from './invitation.service';
export { recoveryJournal } from './recovery.journal';
export { RecoveryModule } from './recovery.module';
export type { RecoveryMailOptions } from './recovery.options';
