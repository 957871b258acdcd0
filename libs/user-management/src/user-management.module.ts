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
import { StructureModule } from '@portillon/structure';
import { AccountFactorResetService } from './access/account-factor-reset.service';
import { AccountIdentityRequestService } from './access/account-identity-request.service';
import { AccountIdentityService } from './access/account-identity.service';
import { AccountLinkService } from './access/account-link.service';
import { AccountLockService } from './access/account-lock.service';
import { AccountUnlinkService } from './access/account-unlink.service';
import { AccountUnlockService } from './access/account-unlock.service';
import { EmergencyAccessEndService } from './access/emergency-access-end.service';
import { EmergencyAccessService } from './access/emergency-access.service';
import { accountsErrors } from './accounts.errors';
import { accountsJournal } from './accounts.journal';
import { AccountClosureService } from './close/account-closure.service';
import { AccountRevocationService } from './close/account-revocation.service';
import { LastAdministratorService } from './close/last-administrator.service';
import { AccountEditEffectService } from './edit/account-edit-effect.service';
import { AccountEditRuleService } from './edit/account-edit-rule.service';
import { AccountEditService } from './edit/account-edit.service';
import { AccountGrantService } from './edit/account-grant.service';
import { AccountInvitationService } from './edit/account-invitation.service';
import { EmailReplacementService } from './edit/email-replacement.service';
import { RightsRefreshService } from './edit/rights-refresh.service';
import { AccountFactorService } from './factors/account-factor.service';
import { FactorEndService } from './factors/factor-end.service';
import { meansJournal } from './factors/means.journal';
import { PasskeyIdentityService } from './factors/passkey-identity.service';
import { ChangeHoldService } from './pending/change-hold.service';
import { SecondAdministratorService } from './pending/second-administrator.service';
import { AccessRefusalService } from './rights/access-refusal.service';
import { ActJournalService } from './rights/act-journal.service';
import { AdministeredAccountService } from './rights/administered-account.service';
import { coreErrors, coreFields } from './rights/core.errors';
import { coreJournal } from './rights/core.journal';
import { ReadingService } from './rights/reading.service';
import { AdministeredStructureService } from './structures/administered-structure.service';
import { DeploymentLimitsService } from './structures/deployment-limits.service';
import { StrongMeansPeopleService } from './structures/strong-means-people.service';
import { StructureAppearanceService } from './structures/structure-appearance.service';
import { StructureRegistrationService } from './structures/structure-registration.service';
import { StructureRequirementService } from './structures/structure-requirement.service';
import { structuresErrors, structuresFields } from './structures/structures.errors';
import { structuresJournal } from './structures/structures.journal';

const SERVICES = [
  AccessRefusalService,
  ActJournalService,
  AdministeredAccountService,
  ReadingService,
  AccountClosureService,
  AccountEditEffectService,
  AccountEditRuleService,
  AccountEditService,
  AccountFactorResetService,
  AccountGrantService,
  AccountIdentityRequestService,
  AccountIdentityService,
  AccountInvitationService,
  AccountLinkService,
  AccountLockService,
  AccountRevocationService,
  AccountUnlinkService,
  AccountUnlockService,
  ChangeHoldService,
  EmailReplacementService,
  EmergencyAccessEndService,
  EmergencyAccessService,
  LastAdministratorService,
  RightsRefreshService,
  SecondAdministratorService,
  AdministeredStructureService,
  DeploymentLimitsService,
  StrongMeansPeopleService,
  StructureAppearanceService,
  StructureRegistrationService,
  StructureRequirementService,
  AccountFactorService,
  FactorEndService,
  PasskeyIdentityService,
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
    ErrorsModule.forFeature(accountsErrors),
    StructureModule,
    ErrorsModule.forFeature(structuresErrors, structuresFields),
  ],
  providers: [
    registerJournal(coreJournal),
    registerJournal(accountsJournal),
    registerJournal(structuresJournal),
    registerJournal(meansJournal),
    ...SERVICES,
  ],
  exports: SERVICES,
})
export class UserManagementModule {}
