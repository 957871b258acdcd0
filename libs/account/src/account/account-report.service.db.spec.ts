import { describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { accountPersistence } from '../account.persistence';
import { accountServices } from '../testing/account-bench';
import type { AccountReportService } from './account-report.service';
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

  beforeEach(async () => {
    ({ accounts, reports } = accountServices(bench.dataSource, clock));
    await bench.empty();
  });

  async function open(draft: Partial<AccountDraft> = {}): Promise<Account> {
    const made = await accounts.create({ ...CLAIRE, ...draft }, bench.dataSource.manager);
    if (made.status !== 'created') throw new Error(made.status);
    return made.account;
  }
  const signIn = (id: string) => bench.transactions.run((tx) => accounts.recordSignIn(id, clock.now(), tx));
  const choose = (id: string) => accounts.resetPassword(id, 'next', bench.dataSource.manager);
  const report = (id: string, minutes: number, mailbox: string) => {
    const occurredAt = new Date(clock.now().getTime() - minutes * 60_000);
    return bench.transactions.run((tx) => reports.report(id, { occurredAt, mailbox }, tx));
  };

  it('have no password until another is chosen, and no pending change', async () => {
    const { id } = await open();
    const reported = await report(id, 5, 'before@hopital.example');
    expect(reported).toMatchObject({ reportMailbox: 'before@hopital.example', status: 'ACTIVE' });
    expect(reported!.passwordDigest).not.toBe('digest');
    expect((await accounts.list({ limit: 10, only: 'REPORTED' })).items.map((one) => one.id)).toEqual([id]);
  });

  it('keep the mailbox of the earliest event', async () => {
    const { id } = await open();
    await report(id, 5, 'owner@hopital.example');
    expect((await report(id, 1, 'intruder@example.com'))!.reportMailbox).toBe('owner@hopital.example');
    expect((await report(id, 9, 'earlier@hopital.example'))!.reportMailbox).toBe('earlier@hopital.example');
  });

  it.each<[string, (id: string) => Promise<unknown>]>([
    ['a sign-in with another password', (id) => choose(id).then(() => signIn(id))],
    ['an administrator', (id) => reports.close(id, bench.dataSource.manager)],
  ])('are so no longer after %s', async (_, act) => {
    const { id } = await open();
    await report(id, 5, 'owner@hopital.example');
    await act(id);
    expect(await accounts.get(id)).toMatchObject({ reportedEventAt: null, reportMailbox: null });
  });

  it('are so after a sign-in by card, as long as the password is void', async () => {
    const { id } = await open();
    await report(id, 5, 'owner@hopital.example');
    const since = clock.now();
    expect(await signIn(id)).toMatchObject({ passwordVoid: { reason: 'reported', since } });
    expect((await accounts.list({ limit: 10, only: 'REPORTED' })).items.map((one) => one.id)).toEqual([id]);
    const without = await open({ username: 'paul', passwordDigest: null });
    await report(without.id, 5, 'paul@hopital.example');
    await signIn(without.id);
    expect(await accounts.get(without.id)).toMatchObject({ reportedEventAt: null, passwordVoid: null });
  });

  it('are active: a closed account takes no report', async () => {
    const { id } = await open({ status: 'DEACTIVATED' });
    expect(await report(id, 5, 'owner@hopital.example')).toBeUndefined();
  });

  it('lose the card or e-CPS if its link was the event', async () => {
    const { id } = await open({ nationalId: '899700366240' });
    const event = { occurredAt: clock.now(), mailbox: 'claire@hopital.example' };
    const report = (isOfIdentity: boolean) =>
      bench.transactions.run((tx) => reports.report(id, { ...event, isOfIdentity }, tx));
    expect((await report(false))!.nationalId).toBe('899700366240');
    expect((await report(true))!.nationalId).toBeNull();
  });
});
