import type { Account, AccountService } from '@portillon/account';
import { SettableClock, Steps } from '@portillon/testing';
import { claire, DIRECTORY, NATIONAL, OF_HOSPITAL } from '../testing/administrator.fixture';
import { refusing } from '../testing/refusals.fixture';
import { SecondAdministratorService } from './second-administrator.service';

const clock = new SettableClock();
const HUGO = claire({ id: 'hugo', roles: ['structure-admin'] });
const NADIA = claire({ id: 'nadia', roles: ['national-admin'] });

function ruleWith(people: Account[] = [HUGO, NADIA]) {
  const steps = new Steps();
  const accounts = steps.of<AccountService>('accounts', {
    getAll: async () => new Map(people.map((one) => [one.id, one])),
  });
  return new SecondAdministratorService(accounts, refusing(steps), clock);
}

const ASKED_BY_HUGO = { accountId: 'claire', requestedBy: 'hugo' };

describe('the second administrator', () => {
  it('is a person other than who asked', async () => {
    await ruleWith().require(NATIONAL, ASKED_BY_HUGO);
    await expect(ruleWith().require(OF_HOSPITAL, ASKED_BY_HUGO)).rejects.toMatchObject({
      code: 'act.on-own-request',
    });
  });

  it('is no machine', async () => {
    await expect(ruleWith().require(DIRECTORY, ASKED_BY_HUGO)).rejects.toMatchObject({
      code: 'permission.denied',
    });
  });

  it('confirms nothing that a machine asked for: who registered it may be the same person', async () => {
    const asked = { accountId: 'claire', requestedBy: 'directory' };
    await expect(ruleWith().require(NATIONAL, asked)).rejects.toMatchObject({
      code: 'act.on-machine-request',
    });
  });

  it('is none who administers since today alone', async () => {
    const nadia = { ...NADIA, administrationChangedAt: clock.now() };
    await expect(ruleWith([HUGO, nadia]).require(NATIONAL, ASKED_BY_HUGO)).rejects.toMatchObject({
      code: 'act.too-new-to-confirm',
    });
  });
});
