import { Account, AccountChanges } from '@portillon/account';
import { NO_POLICY } from '@portillon/structure';
import { DAY, addMilliseconds } from '@portillon/kernel';
import { claire } from '../testing/administrator.fixture';
import { countsAsSecond, waitingChanges } from './four-eyes.policy';

const email = 'claire.durand@hopital.example';
const fourEyes = { ...NO_POLICY, fourEyes: true };
const neverOpened = { status: 'INVITED', passwordDigest: null, lastSignedInAt: null } as const;

const NOW = new Date('2026-11-28T10:00:00.000Z');
const ago = (span: number) => addMilliseconds(NOW, -span);

function emailWaits(before: Account, changes: AccountChanges, byMachine = false): boolean {
  return waitingChanges(before, changes, NOW, byMachine).email !== undefined;
}

describe('a new mail address', () => {
  it.each<[string, Partial<Account>]>([
    ['of an administrator of the structure', { roles: ['structure-admin'] }],
    ['of a national administrator', { roles: ['professional', 'national-admin'] }],
    ['of an auditor', { roles: ['auditor'] }],
    ['of who administered within 30 days', { administrationChangedAt: ago(30 * DAY - 1) }],
    ['where the structure asks for two', { policy: fourEyes }],
    [
      'where the structure asked for two that the account left within a day',
      { fourEyesLeftAt: ago(DAY - 1) },
    ],
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
    ['of who administered more than 30 days ago', { administrationChangedAt: ago(30 * DAY) }],
    ['where the account left such a structure a day ago', { fourEyesLeftAt: ago(DAY) }],
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

describe('a role that administers', () => {
  const taken = { accessChangedAt: ago(DAY - 1) };
  const rolesWait = (before: Partial<Account>, roles: string[]) =>
    waitingChanges(claire(before), { roles }, NOW).roles !== undefined;

  it.each<[string, Partial<Account>, string[]]>([
    ['to a professional', {}, ['structure-admin']],
    ['of every structure to an administrator of one', { roles: ['structure-admin'] }, ['national-admin']],
    ['of an auditor to a professional', {}, ['professional', 'auditor']],
    ['of an administrator to an auditor', { roles: ['auditor'] }, ['auditor', 'structure-admin']],
  ])(
    'waits %s whose address, card or factor an administrator changed within 24 hours',
    (_, before, roles) => {
      expect(rolesWait({ ...before, ...taken }, roles)).toBe(true);
    },
  );

  it('does not wait later, nor where nothing was changed', () => {
    expect(rolesWait({ accessChangedAt: ago(DAY) }, ['structure-admin'])).toBe(false);
    expect(rolesWait({}, ['structure-admin'])).toBe(false);
  });

  it('is taken away at once', () => {
    const administrator = { roles: ['national-admin', 'structure-admin'], ...taken };
    expect(rolesWait(administrator, ['structure-admin'])).toBe(false);
    expect(rolesWait(administrator, ['professional'])).toBe(false);
  });
});

describe('a second administrator', () => {
  it.each([
    ['whose role was just given', { administrationChangedAt: ago(DAY - 1), accessChangedAt: null }, false],
    ['whose card was just given', { administrationChangedAt: null, accessChangedAt: ago(DAY - 1) }, false],
    ['of yesterday', { administrationChangedAt: ago(DAY), accessChangedAt: ago(DAY) }, true],
    ['of long ago', { administrationChangedAt: null, accessChangedAt: null }, true],
  ])('%s, counts as one or not', (_, account, counts) => {
    expect(countsAsSecond(account, NOW)).toBe(counts);
  });
});
