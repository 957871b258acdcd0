export { TotpModule } from './totp.module';
export { totpErrors } from './totp.errors';
export { totpJournal } from './totp.journal';
