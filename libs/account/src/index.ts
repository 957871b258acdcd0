export { MovedPasswordService } from './retention/moved-password.service';
export type { DueMovedPassword } from './retention/moved-password.service';
export { AccountRetentionService } from './retention/account-retention.service';
export type {
  ClosedAccount,
  InactiveAccount,
  InactivityStep,
  OverdueAccount,
} from './retention/account-retention.service';
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
  ErasureGround,
  NameParts,
  Phone,
  SignInAccount,
} from './account/account.types';
export {
  ADMINISTRATOR_ROLES,
  AUDITOR_ROLE,
  fullName,
  heldRoles,
  isMssante,
  isPrivileged,
  NAME_PART_LENGTH,
  PRIVILEGED_ROLES,
  requireValidChanges,
  rolesUnder,
  shownName,
  wrongFields,
} from './account/account-fields.policy';
export { AccountAdministrationService } from './administration/account-administration.service';
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
export { AccountSearchService } from './search/account-search.service';
export { AccountModule } from './account.module';
export type { AccountOptions } from './account.options';
export type {} from './account.personal-data';
export { accountPersistence } from './account.persistence';
export { AccountReportService } from './account/account-report.service';
export { AccountService } from './account/account.service';
export type { PersonName } from './account/account.service';
export { ACCOUNT_SELECTIONS, ACCOUNT_SORTS, LARGEST_ACCOUNT_PAGE } from './account/account-list';
export type { AccountPage, AccountPageRequest } from './account/account-list';
export { AccountCountsService } from './counts/account-counts.service';
export type { CardlessPerson, UnverifiedPeople } from './counts/account-counts.service';
export type { StructureCount } from './counts/account-counts.repository';
export { DirectoryChangeService } from './directory/directory-change.service';
export { DIRECTORY_CHANGE_KINDS } from './directory/directory-change.types';
export type {
  DirectoryChange,
  DirectoryChangeKind,
  ProposedDirectoryChange,
} from './directory/directory-change.types';
export { DirectoryPassService } from './directory/directory-pass.service';
export type { DirectoryPass } from './directory/directory-pass.service';
export { EmailChangeService } from './email-change.service';
export {
  DIRECTORY_STATES,
  IDENTITY_METHODS,
  identityAnnouncedAt,
  identityDueAt,
  identityRequiredAt,
  isIdentityProven,
  isIdentityWorthNoting,
} from './identity/identity.policy';
export type { DirectoryState, DueLookup, IdentityCount, IdentityMethod } from './identity/identity.policy';
export { IdentityService } from './identity/identity.service';
export { MembershipService } from './membership/membership.service';
export type {
  Membership,
  MembershipChanges,
  MembershipProposal,
  MembershipRecord,
  NewProposal,
  RuledMembership,
} from './membership/membership.types';
export { canonicalNationalId, ProposalService } from './membership/proposal.service';
export { AccountMoveInService } from './move-in/account-move-in.service';
export type { KnownAccount, MovedAccount, MovedPlace } from './move-in/account-move-in.service';
export { PendingChangeService } from './pending-change/pending-change.service';
export {
  erasureRequestOf,
  isPastDay,
  PENDING_CHANGE_KINDS,
  toErasureValue,
} from './pending-change/pending-change.types';
export type { ErasureRequest, PendingChange, PendingChangeKind } from './pending-change/pending-change.types';
export { AccountPhoneService } from './phones/account-phone.service';
export { PhoneSealService } from './phones/phone-seal.service';
export { WAVE_PAUSES, WAVE_STATES } from './waves/invitation-wave.entity';
export { InvitationWaveService } from './waves/invitation-wave.service';
export type { InvitationWave, WaveDraft, WaveTurn } from './waves/invitation-wave.service';
export type { WaveFigures } from './waves/invitation-wave.repository';
export type {} from './account.errors';
