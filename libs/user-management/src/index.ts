export { AccountAccessService } from './accounts/account-access.service';
export { AccountClosuresService } from './accounts/account-closures.service';
export { AccountEditEffectsService } from './accounts/account-edit-effects.service';
export { AccountEditsService } from './accounts/account-edits.service';
export { AccountFactorsService } from './accounts/account-factors.service';
export { AccountIdentitiesService } from './accounts/account-identities.service';
export { AccountInvitationsService } from './accounts/account-invitations.service';
export { AccountLinksService } from './accounts/account-links.service';
export { AccountLocksService } from './accounts/account-locks.service';
export { AccountMembershipsService } from './accounts/account-memberships.service';
export { MembershipProposalsService } from './accounts/membership-proposals.service';
export { accountTaken } from './accounts/accounts.errors';
export type {} from './accounts/accounts.journal';
export { actOfChange, SecondAdministratorService } from './accounts/second-administrator.service';
export type { ChangeStep } from './accounts/second-administrator.service';
export { AccessRefusalService } from './rights/access-refusal.service';
export { ActJournalService } from './rights/act-journal.service';
export type { ActBy, JournalAct } from './rights/act-journal.service';
export type { Administrator } from './rights/actor';
export { AdminAct, InPersonProof, ReasonedAct } from './rights/admin-act.dto';
export { countsAsSecond } from './accounts/four-eyes.policy';
export { AdministeredAccountService } from './rights/administered-account.service';
export { CurrentAdministrator } from './rights/rights.guard';
export type {} from './rights/core.errors';
export type {} from './rights/core.journal';
export { Requires } from './rights/rights.guard';
export {
  isNational,
  mayHandle,
  homeOf,
  isManagedWithin,
  isWithinReach,
  placesWithin,
  ROLES,
  rightsScopeOf,
  scopeOfMachine,
} from './rights/rights.policy';
export type { Act, Role, Scope } from './rights/rights.policy';
export { AdministeredStructureService } from './structures/administered-structure.service';
export { StrongMeansPeopleService } from './structures/strong-means-people.service';
export type { StrongMeansPeople } from './structures/strong-means-people.service';
export { StructureEditsService } from './structures/structure-edits.service';
export type {} from './structures/structures.errors';
export type {} from './structures/structures.journal';
export { UserManagementModule } from './user-management.module';
