import { Module } from '@nestjs/common';
import { registerJournal } from '@portillon/audit';
import { IdempotencyModule } from '@portillon/idempotency';
import { ErrorsModule } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { StructureModule } from '@portillon/structure';
import { accountsJournal } from './accounts.journal';
import { AccountAccessController } from './access/account-access.controller';
import { AccountClosureController } from './close/account-closure.controller';
import { AccountClosureService } from './close/account-closure.service';
import { AccountDeviceController } from './access/account-device.controller';
import { AccountDeviceService } from './access/account-device.service';
import { AccountEditEffectService } from './edit/account-edit-effect.service';
import { AccountEditRuleService } from './edit/account-edit-rule.service';
import { AccountEditService } from './edit/account-edit.service';
import { AccountErasureService } from './close/account-erasure.service';
import { AccountExportController } from './list/account-export.controller';
import { AccountExportService } from './list/account-export.service';
import { AccountFactorResetService } from './access/account-factor-reset.service';
import { AccountGrantService } from './edit/account-grant.service';
import { AccountIdentityRequestService } from './access/account-identity-request.service';
import { AccountIdentityService } from './access/account-identity.service';
import { AccountInvitationController } from './edit/account-invitation.controller';
import { AccountInvitationService } from './edit/account-invitation.service';
import { AccountLinkController } from './access/account-link.controller';
import { AccountLinkService } from './access/account-link.service';
import { AccountListService } from './list/account-list.service';
import { AccountLockService } from './access/account-lock.service';
import { AccountPageViewService } from './list/account-page-view.service';
import { AccountRevocationService } from './close/account-revocation.service';
import { AccountUnlinkService } from './access/account-unlink.service';
import { AccountUnlockService } from './access/account-unlock.service';
import { AccountController } from './account.controller';
import { accountsErrors } from './accounts.errors';
import { AdministeredDataController } from './list/administered-data.controller';
import { AdministeredDataService } from './list/administered-data.service';
import { ChangeDecisionService } from './pending/change-decision.service';
import { ChangeEffectService } from './pending/change-effect.service';
import { ChangeHoldService } from './pending/change-hold.service';
import { EmailReplacementService } from './edit/email-replacement.service';
import { EmergencyAccessEndService } from './access/emergency-access-end.service';
import { EmergencyAccessController } from './access/emergency-access.controller';
import { EmergencyAccessService } from './access/emergency-access.service';
import { ErasureWishController } from './close/erasure-wish.controller';
import { ErasureWishService } from './close/erasure-wish.service';
import { LastAdministratorService } from './close/last-administrator.service';
import { PendingChangeController } from './pending/pending-change.controller';
import { PendingChangeJob } from './pending/pending-change.job';
import { RightsRefreshService } from './edit/rights-refresh.service';
import { SecondAdministratorService } from './pending/second-administrator.service';

/** Accounts: invite, edit, unlock, link, close, erase, and who confirms what waits. */
@Module({
  imports: [PersistenceModule, IdempotencyModule, ErrorsModule.forFeature(accountsErrors), StructureModule],
  controllers: [
    AccountExportController,
    AccountInvitationController,
    AccountController,
    AccountAccessController,
    AccountClosureController,
    AccountDeviceController,
    AccountLinkController,
    AdministeredDataController,
    PendingChangeController,
    EmergencyAccessController,
    ErasureWishController,
  ],
  providers: [
    registerJournal(accountsJournal),
    AccountClosureService,
    AccountDeviceService,
    AccountEditEffectService,
    AccountEditRuleService,
    AccountEditService,
    AccountErasureService,
    AccountExportService,
    AccountFactorResetService,
    AccountGrantService,
    AccountIdentityRequestService,
    AccountIdentityService,
    AccountInvitationService,
    AccountLinkService,
    AccountListService,
    AccountLockService,
    AccountPageViewService,
    AccountRevocationService,
    AccountUnlinkService,
    AccountUnlockService,
    AdministeredDataService,
    ChangeDecisionService,
    ChangeEffectService,
    ChangeHoldService,
    EmailReplacementService,
    EmergencyAccessEndService,
    EmergencyAccessService,
    ErasureWishService,
    LastAdministratorService,
    PendingChangeJob,
    RightsRefreshService,
    SecondAdministratorService,
  ],
  exports: [
    AccountClosureService,
    AccountEditEffectService,
    AccountEditService,
    AccountInvitationService,
    LastAdministratorService,
  ],
})
export class AccountsModule {}
