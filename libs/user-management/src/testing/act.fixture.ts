import type { Account } from '@portillon/account';
import { AppError } from '@portillon/kernel';
import type { SecurityNoticeService } from '@portillon/security-notice';
import { Steps } from '@portillon/testing';
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
import type { ActJournalService, JournalAct } from '../rights/act-journal.service';
import type { AdministeredAccountService } from '../rights/administered-account.service';
import { claire } from './administrator.fixture';

/** The dependencies of every action on an account, as fakes that record their calls and arguments. */
export class ActSteps extends Steps {
  readonly journalled: JournalAct[] = [];
  readonly notified: unknown[] = [];
  readonly administered: AdministeredAccountService;

  readonly journal = this.of<ActJournalService>('journal', {
    recordOnAccount: async (_administrator, _account, act) => void this.journalled.push(act),
  });

  readonly notices = this.of<SecurityNoticeService>('notices', {
    notify: async (kind, { id }, details) => void this.notified.push([kind, id, details]),
  });

  constructor(account: Account = claire()) {
    super();
    this.administered = this.of<AdministeredAccountService>('administered', {
      get: async () => account,
      getForAct: async () => account,
      getClosedForAct: async () => account,
      getOtherForAct: async () => account,
      lockForUpdate: async () => undefined,
      requireGrantable: async () => undefined,
      structureFor: async () => null,
      requireOtherAdministrator: async () => undefined,
    });
  }
}

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

/** Refusals that throw as the real ones do. */
export function refusing(steps: Steps): AccessRefusalService {
  return steps.of<AccessRefusalService>('refusals', {
    forbid: async () => {
      throw new AppError('permission.denied');
    },
    hide: async () => {
      throw new AppError('not-found');
    },
  });
}
