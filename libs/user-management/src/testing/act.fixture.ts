import type { Account } from '@portillon/account';
import type { SecurityNoticeService } from '@portillon/security-notice';
import { Steps } from '@portillon/testing';
import type { AdministeredAccountService } from '../rights/administered-account.service';
import type { ActJournalService, JournalAct } from '../rights/act-journal.service';
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
