import { AccessModule } from '@portillon/access';
import { AccountModule } from '@portillon/account';
import { AuthenticatorModule } from '@portillon/authenticator';
import { CredentialModule } from '@portillon/credential';
import { NotificationModule } from '@portillon/notification';
import { OtpModule } from '@portillon/otp';
import { RecoveryModule } from '@portillon/recovery';
import { SecurityNoticeModule } from '@portillon/security-notice';
import { SessionModule } from '@portillon/session';
import { Module } from '@nestjs/common';
import { registerJournal } from '@portillon/audit';
import { ErrorsModule } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { RateLimitModule, registerLimits } from '@portillon/rate-limit';
import { StructureModule } from '@portillon/structure';
import { AccountAccessService } from './accounts/account-access.service';
import { AccountClosuresService } from './accounts/account-closures.service';
import { AccountEditEffectsService } from './accounts/account-edit-effects.service';
import { AccountEditsService } from './accounts/account-edits.service';
import { AccountFactorsService } from './accounts/account-factors.service';
import { AccountIdentitiesService } from './accounts/account-identities.service';
import { AccountInvitationsService } from './accounts/account-invitations.service';
import { AccountLinksService } from './accounts/account-links.service';
import { AccountLocksService } from './accounts/account-locks.service';
import { AccountMembershipsService } from './accounts/account-memberships.service';
import { MembershipProposalsService, PROPOSAL_LIMITS } from './accounts/membership-proposals.service';
import { accountsErrors } from './accounts/accounts.errors';
import { accountsJournal } from './accounts/accounts.journal';
import { SecondAdministratorService } from './accounts/second-administrator.service';
import { AccessRefusalService } from './rights/access-refusal.service';
import { ActJournalService } from './rights/act-journal.service';
import { AdministeredAccountService } from './rights/administered-account.service';
import { coreErrors, coreFields } from './rights/core.errors';
import { coreJournal } from './rights/core.journal';
import { AdministeredStructureService } from './structures/administered-structure.service';
import { StrongMeansPeopleService } from './structures/strong-means-people.service';
import { StructureEditsService } from './structures/structure-edits.service';
import { structuresErrors, structuresFields } from './structures/structures.errors';
import { structuresJournal } from './structures/structures.journal';

const SERVICES = [
  AccessRefusalService,
  ActJournalService,
  AdministeredAccountService,
  AccountAccessService,
  AccountClosuresService,
  AccountEditEffectsService,
  AccountEditsService,
  AccountFactorsService,
  AccountIdentitiesService,
  AccountInvitationsService,
  AccountLinksService,
  AccountLocksService,
  AccountMembershipsService,
  MembershipProposalsService,
  SecondAdministratorService,
  AdministeredStructureService,
  StrongMeansPeopleService,
  StructureEditsService,
];

/** Acts on accounts and structures, with the rights of the caller and the line in the journal. It has no route. */
@Module({
  imports: [
    AccessModule,
    AccountModule,
    AuthenticatorModule,
    CredentialModule,
    NotificationModule,
    OtpModule,
    RecoveryModule,
    SecurityNoticeModule,
    SessionModule,
    ErrorsModule.forFeature(coreErrors, coreFields),
    PersistenceModule,
    RateLimitModule,
    ErrorsModule.forFeature(accountsErrors),
    StructureModule,
    ErrorsModule.forFeature(structuresErrors, structuresFields),
  ],
  providers: [
    registerJournal(coreJournal),
    registerJournal(accountsJournal),
    registerJournal(structuresJournal),
    registerLimits(PROPOSAL_LIMITS),
    ...SERVICES,
  ],
  exports: SERVICES,
})
export class UserManagementModule {}
