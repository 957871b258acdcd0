import { describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { accountPersistence } from '../account.persistence';
import { accountServices } from '../testing/account.fixture';
import type { AccountAdministrationService } from '../administration/account-administration.service';
import type { AccountPhoneService } from '../phones/account-phone.service';
import type { AccountReportService, TakenBack } from './account-report.service';
import type { AccountService } from './account.service';
import type { Account, AccountDraft } from './account.types';

const CLAIRE: AccountDraft = {
  username: 'Claire.Martin',
  email: 'claire@hopital.example',
  displayName: 'Claire Martin',
  passwordDigest: 'digest',
};

describeOnEveryEngine('accounts whose holder reported an event', [accountPersistence], (bench) => {
  const clock = new SettableClock();
  let accounts: AccountService;
  let reports: AccountReportService;
  let administration: AccountAdministrationService;
  let phones: AccountPhoneService;

  beforeEach(async () => {
    const services = accountServices(bench.dataSource, clock);
    ({ accounts, reports, administration, accountPhones: phones } = services);
    await bench.empty();
  });

  async function open(draft: Partial<AccountDraft> = {}): Promise<Account> {
    const made = await accounts.create({ ...CLAIRE, ...draft }, bench.dataSource.manager);
    if (made.status !== 'created') throw new Error(made.status);
    return made.account;
  }
  const signIn = (id: string) => bench.transactions.run((tx) => accounts.recordSignIn(id, clock.now(), tx));
  const choose = (id: string) => accounts.resetPassword(id, 'next', bench.dataSource.manager);
  const ago = (minutes: number) => new Date(clock.now().getTime() - minutes * 60_000);
  /** The address is as it was; numbers of the last week are taken back. */
  const report = (id: string, minutes: number, changes: Partial<TakenBack> = {}) =>
    bench.transactions.run(async (tx) => {
      const account = await reports.open(id, ago(minutes), tx);
      const takenBack = { email: CLAIRE.email, since: ago(7 * 24 * 60), isLinked: false, ...changes };
      return account && reports.takeBack(account, takenBack, tx);
    });

  it('have no password until another is chosen, and no pending change', async () => {
    const { id } = await open();
    const reported = await report(id, 5);
    expect(reported).toMatchObject({ status: 'ACTIVE', reportedEventAt: ago(5), email: CLAIRE.email });
    expect(reported!.passwordVoid).toEqual({ reason: 'reported', since: clock.now() });
    expect((await accounts.list({ limit: 10, only: 'REPORTED' })).items.map((one) => one.id)).toEqual([id]);
  });

  it('have the address of before again, by which they are found', async () => {
    const { id } = await open({ email: 'intruder@example.com' });
    expect(await report(id, 5)).toMatchObject({ email: CLAIRE.email });
    expect((await accounts.findByEmail(CLAIRE.email, 9)).map((one) => one.id)).toEqual([id]);
    expect(await accounts.findByEmail('intruder@example.com', 9)).toEqual([]);
  });

  it.each([
    ['lose a number that was proved in that time', 6 * 24 * 60, null],
    ['keep an older number, and its channel', 8 * 24 * 60, '+33639980012'],
  ])('%s', async (_, minutes, number) => {
    const { id } = await open();
    await phones.set(id, '+33639980012', bench.dataSource.manager);
    await phones.markVerified(id, '+33639980012', bench.dataSource.manager);
    await phones.setCodeChannel(id, 'SMS');
    clock.advance(minutes * 60_000);
    const reported = (await report(id, 5))!;
    expect([reported.phone?.number ?? null, reported.codeChannel]).toEqual([
      number,
      number ? 'SMS' : 'EMAIL',
    ]);
  });

  it('lose a number that was not proved', async () => {
    const { id } = await open();
    await phones.set(id, '+33639980012', bench.dataSource.manager);
    expect((await report(id, 5))!.phone).toBeNull();
  });

  it('take no report of an event before an administrator, or another report, changed the access', async () => {
    const { id } = await open();
    await bench.transactions.run((tx) => administration.recordAccessChange(id, tx));
    expect(await report(id, 1)).toBeUndefined();
    expect(await report(id, 0)).toMatchObject({ id });
    clock.advance(60_000);
    expect(await report(id, 2)).toBeUndefined();
    expect((await accounts.get(id))!.reportedEventAt).toEqual(ago(1));
  });

  it.each<[string, (id: string) => Promise<unknown>]>([
    ['a sign-in with another password', (id) => choose(id).then(() => signIn(id))],
    ['an administrator', (id) => reports.close(id, bench.dataSource.manager)],
  ])('are so no longer after %s', async (_, act) => {
    const { id } = await open();
    await report(id, 5);
    await act(id);
    expect(await accounts.get(id)).toMatchObject({ reportedEventAt: null, reportMailbox: null });
  });

  it('are so after a sign-in by card, as long as the password is void', async () => {
    const { id } = await open();
    await report(id, 5);
    const since = clock.now();
    expect(await signIn(id)).toMatchObject({ passwordVoid: { reason: 'reported', since } });
    expect((await accounts.list({ limit: 10, only: 'REPORTED' })).items.map((one) => one.id)).toEqual([id]);
    const without = await open({ username: 'paul', passwordDigest: null });
    await report(without.id, 5);
    await signIn(without.id);
    expect(await accounts.get(without.id)).toMatchObject({ reportedEventAt: null, passwordVoid: null });
  });

  it('are active: a closed account takes no report', async () => {
    const { id } = await open({ status: 'DEACTIVATED' });
    expect(await report(id, 5)).toBeUndefined();
  });

  it('lose the card or e-CPS that was linked meanwhile', async () => {
    const { id } = await open({ nationalId: '899700366240' });
    expect((await report(id, 5))!.nationalId).toBe('899700366240');
    expect((await report(id, 0, { isLinked: true }))!.nationalId).toBeNull();
  });
});
