export type {} from './passkey/passkey.errors';
export type {} from './passkey/passkey.journal';
export { PasskeyModule } from './passkey/passkey.module';
export type {} from './recovery-code/recovery-code.errors';
export type {} from './recovery-code/recovery-code.journal';
export { RecoveryCodeModule } from './recovery-code/recovery-code.module';
export type {} from './totp/totp.errors';
export type {} from './totp/totp.journal';
export { TotpModule } from './totp/totp.module';
