import { Account, NO_POLICY } from '@portillon/account';
import { claire } from '../testing/administrator.fixture';
import { emailWaits } from './email-hold.policy';

const email = 'claire.durand@hopital.example';
const fourEyes = { ...NO_POLICY, fourEyes: true };
const neverOpened = { status: 'INVITED', passwordDigest: null, lastSignedInAt: null } as const;

describe('a new mail address', () => {
  it.each<[string, Partial<Account>]>([
    ['of an administrator of the structure', { roles: ['structure-admin'] }],
    ['of a national administrator', { roles: ['professional', 'national-admin'] }],
    ['where the structure asks for two', { policy: fourEyes }],
    ['of a closed account, which could be opened again', { status: 'DEACTIVATED', policy: fourEyes }],
    [
      'of who came by card before the account was closed and invited again',
      { ...neverOpened, lastSignedInAt: new Date(0), policy: fourEyes },
    ],
    ['of who comes by card and never did yet', { ...neverOpened, status: 'ACTIVE', policy: fourEyes }],
  ])('waits: %s', (_, changes) => {
    expect(emailWaits(claire(changes), { email })).toBe(true);
  });

  it.each<[string, Partial<Account>]>([
    ['of a professional, where the structure asks nothing', {}],
    ['of who never opened the account', { ...neverOpened, roles: ['structure-admin'], policy: fourEyes }],
  ])('does not wait: %s', (_, changes) => {
    expect(emailWaits(claire(changes), { email })).toBe(false);
  });

  it('waits though the role of administrator is taken away or given with it', () => {
    const administrator = claire({ roles: ['structure-admin'] });
    expect(emailWaits(administrator, { email, roles: ['professional'] })).toBe(true);
    expect(emailWaits(claire(), { email, roles: ['structure-admin'] })).toBe(true);
  });

  it('is none when it is the same, or not there', () => {
    const administrator = claire({ roles: ['structure-admin'] });
    expect(emailWaits(administrator, { email: administrator.email })).toBe(false);
    expect(emailWaits(administrator, { displayName: 'Claire' })).toBe(false);
  });

  it('by a machine waits where the account was opened, and does not where it never was', () => {
    expect(emailWaits(claire(), { email }, true)).toBe(true);
    expect(emailWaits(claire(neverOpened), { email }, true)).toBe(false);
  });
});
