export { PasskeyModule } from './passkey.module';
export { passkeyErrors } from './passkey.errors';
export { passkeyJournal } from './passkey.journal';
