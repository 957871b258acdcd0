export { InactiveAccountService } from './inactive-account.service';
export type { InactiveAccount, InactivityStep } from './inactive-account.service';
export { EMERGENCY_MEANS, LOCALES } from './account/account.types';
export type {
  Account,
  AccountChanges,
  AccountCreation,
  AccountDraft,
  AccountProfile,
  AccountStatus,
  EmergencyAccess,
  EmergencyMeans,
  Locale,
  Phone,
  SignInAccount,
} from './account/account.types';
export {
  ADMINISTRATOR_ROLES,
  AUDITOR_ROLE,
  isPrivileged,
  PRIVILEGED_ROLES,
} from './account/account-roles.policy';
export { fullName, NAME_PART_LENGTH, shownName } from './account/account-name.policy';
export type { NameParts } from './account/account-name.policy';
export { AccountAdministrationService } from './administration/account-administration.service';
export type { ErasureGround } from './administration/erasure.types';
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
  KeptImportLine,
  LineState,
} from './imports/account-import.types';
export { AccountImportService } from './imports/account-import.service';
export { requireValidChanges, wrongFields } from './account/account-fields.policy';
export { isMssante } from './account/mssante.policy';
export { AccountSearchService } from './search/account-search.service';
export { AccountModule } from './account.module';
export { ClosedAccountService } from './closed-account.service';
export type { ClosedAccount, OverdueAccount } from './closed-account.service';
export type { AccountOptions } from './account.options';
export type {} from './account.personal-data';
export { accountPersistence } from './account.persistence';
export { BulkAccountService } from './account/bulk-account.service';
export { AccountReportService } from './account/account-report.service';
export { AccountService } from './account/account.service';
export type { AccountPage, AccountPageRequest } from './account/account-page.types';
export { ACCOUNT_SELECTIONS } from './account/account-selection.constants';
export { ACCOUNT_SORTS } from './account/account-sort.constants';
export { CardlessAccountService } from './cardless-account.service';
export type { CardlessPerson } from './cardless-account.service';
export type { StructureCount } from './account/cardless-account.repository';
export { DirectoryService } from './directory.service';
export type { PersonName } from './directory.service';
export { EmailChangeService } from './email-change/email-change.service';
export {
  identityAnnouncedAt,
  identityDueAt,
  identityRequiredAt,
  isIdentityProven,
  isIdentityWorthNoting,
} from './identity/identity.policy';
export { DIRECTORY_STATES, IDENTITY_METHODS } from './identity/identity.types';
export type { DirectoryState, DueLookup, IdentityCount, IdentityMethod } from './identity/identity.types';
export { DirectoryLookupService } from './identity/directory-lookup.service';
export { type UnverifiedPeople, UnverifiedAccountService } from './identity/unverified-account.service';
export { IdentityCountService } from './identity/identity-count.service';
export { IdentityVerificationService } from './identity/identity-verification.service';

export { PendingChangeService } from './pending-change/pending-change.service';
export { PENDING_CHANGE_KINDS } from './pending-change/pending-change.types';
export type { PendingChange, PendingChangeKind } from './pending-change/pending-change.types';
export { AccountPhoneService } from './phones/account-phone.service';
export { PhoneNumberService } from './phones/phone-number.service';
export { PhoneSealService } from './phones/phone-seal.service';

export type {} from './account.errors';

export { toErasureValue, erasureRequestOf, isPastDay } from './pending-change/erasure-request';
export type { ErasureRequest } from './pending-change/erasure-request';
