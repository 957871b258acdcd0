import { Module } from '@nestjs/common';
import { registerJournal } from '@portillon/audit';
import { IdempotencyModule } from '@portillon/idempotency';
import { ErrorsModule } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { accountsJournal } from './accounts.journal';
import { AccountAccessController } from './account-access.controller';
import { AccountClosureController } from './account-closure.controller';
import { AccountClosureService } from './account-closure.service';
import { AccountDeviceController } from './account-device.controller';
import { AccountDeviceService } from './account-device.service';
import { AccountEditEffectService } from './account-edit-effect.service';
import { AccountEditRuleService } from './account-edit-rule.service';
import { AccountEditService } from './account-edit.service';
import { AccountErasureService } from './account-erasure.service';
import { AccountExportController } from './account-export.controller';
import { AccountExportService } from './account-export.service';
import { AccountFactorResetService } from './account-factor-reset.service';
import { AccountGrantService } from './account-grant.service';
import { AccountIdentityRequestService } from './account-identity-request.service';
import { AccountIdentityService } from './account-identity.service';
import { AccountInvitationController } from './account-invitation.controller';
import { AccountInvitationService } from './account-invitation.service';
import { AccountLinkController } from './account-link.controller';
import { AccountLinkService } from './account-link.service';
import { AccountListService } from './account-list.service';
import { AccountLockService } from './account-lock.service';
import { AccountPageViewService } from './account-page-view.service';
import { AccountRevocationService } from './account-revocation.service';
import { AccountUnlinkService } from './account-unlink.service';
import { AccountUnlockService } from './account-unlock.service';
import { AccountController } from './account.controller';
import { accountsErrors } from './accounts.errors';
import { AdministeredDataController } from './administered-data.controller';
import { AdministeredDataService } from './administered-data.service';
import { ChangeDecisionService } from './change-decision.service';
import { ChangeEffectService } from './change-effect.service';
import { ChangeHoldService } from './change-hold.service';
import { EmailReplacementService } from './email-replacement.service';
import { EmergencyAccessEndService } from './emergency-access-end.service';
import { EmergencyAccessController } from './emergency-access.controller';
import { EmergencyAccessService } from './emergency-access.service';
import { ErasureWishController } from './erasure-wish.controller';
import { ErasureWishService } from './erasure-wish.service';
import { LastAdministratorService } from './last-administrator.service';
import { PendingChangeController } from './pending-change.controller';
import { PendingChangeJob } from './pending-change.job';
import { RightsRefreshService } from './rights-refresh.service';
import { SecondAdministratorService } from './second-administrator.service';

/** Accounts: invite, edit, unlock, link, close, erase, and who confirms what waits. */
@Module({
  imports: [PersistenceModule, IdempotencyModule, ErrorsModule.forFeature(accountsErrors)],
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
