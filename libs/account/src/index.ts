export { InactiveAccountService } from './inactive-account.service';
export type { InactiveAccount, InactivityStep } from './inactive-account.service';
export { EMERGENCY_MEANS } from './account.types';
export type {
  Account,
  AccountDraft,
  AccountStatus,
  CodeChannel,
  EmergencyAccess,
  EmergencyMeans,
  Locale,
  Phone,
} from './account.types';
export { AccountAdministrationService } from './account-administration.service';
export type { AccountChanges, AccountEdit } from './account-administration.service';
export { IMPORT_MODES, IMPORT_STATES, LINE_STATES, WHEN_INTERRUPTED } from './imports/account-import.types';
export type {
  AccountImport,
  ImportContent,
  ImportLease,
  ImportLine,
  ImportMode,
  ImportOrder,
  ImportProblem,
  ImportState,
  LineState,
  WhenInterrupted,
} from './imports/account-import.types';
export { AccountImportService } from './imports/account-import.service';
export { wrongFields } from './account-draft';
export { AccountSearchRepository } from './account-search.repository';
export type { AccountQuery } from './account-search.repository';
export { requireValidChanges } from './account-draft';
export { AccountModule } from './account.module';
export { FRENCH_COUNTRIES } from './account.options';
export type { AccountOptions, InactivityOptions, PhoneOptions } from './account.options';
export { accountPersistence } from './account.persistence';
export { AccountService } from './account.service';
export type { AccountCreation } from './account.service';
export type { AccountPage, AccountPageRequest } from './account-page';
export { DirectoryService } from './directory.service';
export type { PersonName, StructureName } from './directory.service';
export { EmailChangeService } from './email-change.service';
export type { EmailProposal } from './email-change.service';
export { PhoneNumberService } from './phone-number.service';
export type { ParsedPhone } from './phone-number.service';
export { PhoneSealService } from './phone-seal.service';
export { NO_POLICY } from './structure.policy';
export type { StructurePolicy } from './structure.policy';
export { StructureService } from './structure.service';
export type { Structure, StructureDraft, StructureEdit, StructurePage } from './structure.service';
export { accountErrors } from './account.errors';
