export { Absences } from './absences';
export type { Absence, AbsenceStep } from './absences';
export { EMERGENCY_MEANS } from './account';
export type {
  Account,
  AccountDraft,
  AccountStatus,
  CodeChannel,
  EmergencyAccess,
  EmergencyMeans,
  Locale,
  Phone,
} from './account';
export { AccountKeeping } from './account-keeping';
export type { AccountChanges, Edit } from './account-keeping';
export { IMPORT_MODES, IMPORT_STATES, LINE_STATES, WHEN_INTERRUPTED } from './account-import';
export type {
  AccountImport,
  ImportContent,
  ImportLine,
  ImportMode,
  ImportOrder,
  ImportProblem,
  ImportState,
  LineState,
  WhenInterrupted,
} from './account-import';
export { AccountImports } from './account-imports';
export type { Lease } from './account-imports';
export { wrongFields } from './account-draft';
export { AccountSearch } from './account-search';
export type { AccountQuery } from './account-search';
export { requireValidChanges } from './account-draft';
export { AccountTokens } from './account-tokens';
export type { AccountTokenKind } from './account-tokens';
export { AccountModule } from './account.module';
export type { AccountOptions } from './account.options';
export { accountPersistence } from './account.persistence';
export { Accounts } from './accounts';
export type { Creation } from './accounts';
export type { AccountPage, AccountPageRequest } from './page';
export { Directory } from './directory';
export type { PersonName, StructureName } from './directory';
export { EmailChanges } from './email-changes';
export type { EmailProposal } from './email-changes';
export { nameKey } from './name-key';
export { PasswordAttempts } from './password-attempts';
export type { AttemptStart } from './password-attempts';
export { passwordOptions } from './password-options';
export type { PasswordOptions } from './password-options';
export { Passwords } from './passwords';
export type { Assessment, WeaknessReason } from './password-rules';
export { FRENCH_COUNTRIES, PhoneNumbers } from './phone-numbers';
export type { ParsedPhone, PhoneOptions } from './phone-numbers';
export type { RecoveryOptions } from './recovery-options';
export { ResetRequests } from './reset-requests';
export type { QueuedReset, ResetClient, ResetRequest } from './reset-requests';
export { NO_POLICY } from './structure-policy';
export type { StructurePolicy } from './structure-policy';
export { Structures } from './structures';
export type { Structure, StructureDraft, StructureEdit, StructurePage } from './structures';
