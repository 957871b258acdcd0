export { RecoveryCodeModule } from './recovery-code.module';
export { recoveryCodeErrors } from './recovery-code.errors';
export { recoveryCodeJournal } from './recovery-code.journal';
