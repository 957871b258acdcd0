import { AccessRefusalService } from '../rights/access-refusal.service';
import { AccountClosureService } from '../close/account-closure.service';
import { AccountEditEffectService } from '../edit/account-edit-effect.service';
import { AccountEditRuleService } from '../edit/account-edit-rule.service';
import { AccountEditService } from '../edit/account-edit.service';
import { AccountFactorResetService } from '../access/account-factor-reset.service';
import { AccountGrantService } from '../edit/account-grant.service';
import { AccountIdentityRequestService } from '../access/account-identity-request.service';
import { AccountIdentityService } from '../access/account-identity.service';
import { AccountInvitationService } from '../edit/account-invitation.service';
import { AccountLinkService } from '../access/account-link.service';
import { AccountRevocationService } from '../close/account-revocation.service';
import { AccountUnlinkService } from '../access/account-unlink.service';
import { AccountUnlockService } from '../access/account-unlock.service';
import { ChangeHoldService } from '../pending/change-hold.service';
import { EmergencyAccessEndService } from '../access/emergency-access-end.service';
import { EmergencyAccessService } from '../access/emergency-access.service';
import { FactorEndService } from '../factors/factor-end.service';
import { LastAdministratorService } from '../close/last-administrator.service';
import { PasskeyIdentityService } from '../factors/passkey-identity.service';
import { SecondAdministratorService } from '../pending/second-administrator.service';

/** The acts on accounts, for a spec that runs them on a real database. */
export const ACT_SERVICES = [
  AccessRefusalService,
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
  AccountRevocationService,
  AccountUnlinkService,
  AccountUnlockService,
  ChangeHoldService,
  EmergencyAccessEndService,
  EmergencyAccessService,
  FactorEndService,
  LastAdministratorService,
  PasskeyIdentityService,
  SecondAdministratorService,
];
