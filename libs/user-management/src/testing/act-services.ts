import { AccountAccessService } from '../accounts/account-access.service';
import { AccountClosuresService } from '../accounts/account-closures.service';
import { AccountEditEffectsService } from '../accounts/account-edit-effects.service';
import { AccountEditsService } from '../accounts/account-edits.service';
import { AccountFactorsService } from '../accounts/account-factors.service';
import { AccountIdentitiesService } from '../accounts/account-identities.service';
import { AccountInvitationsService } from '../accounts/account-invitations.service';
import { AccountLinksService } from '../accounts/account-links.service';
import { SecondAdministratorService } from '../accounts/second-administrator.service';
import { AccessRefusalService } from '../rights/access-refusal.service';

/** The acts on accounts, for a spec that runs them on a real database. */
export const ACT_SERVICES = [
  AccessRefusalService,
  AccountAccessService,
  AccountClosuresService,
  AccountEditEffectsService,
  AccountEditsService,
  AccountFactorsService,
  AccountIdentitiesService,
  AccountInvitationsService,
  AccountLinksService,
  SecondAdministratorService,
];
