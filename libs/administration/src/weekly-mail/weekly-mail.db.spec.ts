import type { Account, AccountService, DirectoryChangeService } from '@portillon/account';
import { DAY } from '@portillon/kernel';
import type { MailMessage, NotificationService, OutgoingMessage } from '@portillon/notification';
import type { DataSubject } from '@portillon/persistence';
import { concurrently, describeOnEveryEngine, SettableClock, Steps } from '@portillon/testing';
import type { ActJournalService, Administrator, JournalAct, Scope } from '@portillon/user-management';
import type { AdministeredStructureService } from '@portillon/user-management';
import { claire } from '@portillon/user-management/testing';
import type { AccountListService } from '../accounts/list/account-list.service';
import { administrationPersistence } from '../administration.persistence';
import { WeeklyMailEntity, WeeklyMailPersonalData, WeeklyMailRepository } from './weekly-mail.repository';
import { WeeklyMailService } from './weekly-mail.service';

const NORTH = { id: 'north', name: 'Le Nord' };
const REFERENT: Partial<Account> = {
  locale: 'fr',
  roles: ['structure-admin'],
  memberships: [{ structure: NORTH, roles: ['structure-admin'] }] as unknown as Account['memberships'],
};
const OPTIONS = { serviceName: 'ViaTrajectoire', publicUrl: 'https://portillon.test' };
const by = { actor: { kind: 'account', id: 'claire' } } as unknown as Administrator;

describeOnEveryEngine('the mail of Monday', [administrationPersistence], (engine) => {
  let clock: SettableClock;
  let people: Account[];
  let counted: Scope[];
  let waiting: Record<string, number>;
  let mails: MailMessage[];
  let journalled: JournalAct[];
  let rows: WeeklyMailRepository;

  function instance(): WeeklyMailService {
    const steps = new Steps();
    return new WeeklyMailService(
      engine.transactions,
      rows,
      steps.of<AccountService>('accounts', {
        getAll: async () => new Map(people.map((one) => [one.id, one])),
      }),
      steps.of<AccountListService>('list', {
        count: async (scope, only) => {
          counted.push(scope);
          return waiting[only] ?? 0;
        },
      }),
      steps.of<DirectoryChangeService>('directory', { countOpen: async () => waiting['DIRECTORY'] ?? 0 }),
      steps.of<AdministeredStructureService>('structures', {
        withBelow: async (own) => own && { structureIds: [...own.structureIds!, 'below'] },
      }),
      steps.of<NotificationService>('notifications', {
        enqueue: async (message) => {
          mails.push(message as MailMessage);
          return {} as OutgoingMessage;
        },
      }),
      steps.of<ActJournalService>('journal', { record: async (_, act) => void journalled.push(act) }),
      clock,
      OPTIONS,
    );
  }

  beforeEach(async () => {
    await engine.empty();
    clock = new SettableClock(new Date('2026-12-04T10:00Z'));
    [people, counted, mails, journalled] = [[claire(REFERENT)], [], [], []];
    waiting = { LOCKED: 2, DIRECTORY: 1 };
    rows = new WeeklyMailRepository(engine.dataSource.getRepository(WeeklyMailEntity));
  });
  const monday = () => clock.set(new Date('2026-12-07T07:00Z'));

  it('is chosen once by sixteen requests, and stopped once, each with a line in the journal', async () => {
    const weekly = instance();
    await concurrently(16, () => weekly.choose(by, true));
    expect(await weekly.isChosen(by)).toBe(true);
    await concurrently(16, () => weekly.choose(by, false));
    expect(await weekly.isChosen(by)).toBe(false);
    expect(journalled).toEqual(
      ['on', 'off'].map((weeklyMail) => ({ name: 'weekly_mail_changed', data: { weeklyMail } })),
    );
  });

  it('has the numbers of what waits below the structures of the reader, and no names', async () => {
    await instance().choose(by, true);
    await instance().run();
    expect(mails).toEqual([]);
    monday();
    await instance().run();
    expect(mails).toMatchObject([
      { to: people[0]!.email, subject: 'ViaTrajectoire – 3\u00a0décisions vous attendent' },
    ]);
    expect(mails[0]!.body.details).toEqual([
      { label: 'Comptes bloqués', value: '2' },
      { label: 'Changements de l’Annuaire Santé', value: '1' },
    ]);
    expect(mails[0]!.body.link?.url).toBe(OPTIONS.publicUrl);
    expect(new Set(counted.flatMap(({ structureIds }) => structureIds))).toEqual(new Set(['north', 'below']));
  });

  it('leaves once, of sixteen instances at once, and again a week later', async () => {
    await instance().choose(by, true);
    monday();
    await concurrently(16, () => instance().run());
    expect(mails).toHaveLength(1);
    clock.advance(7 * DAY);
    await instance().run();
    expect(mails).toHaveLength(2);
  });

  it('does not leave while nothing waits', async () => {
    waiting = {};
    await instance().choose(by, true);
    monday();
    await instance().run();
    waiting = { LOCKED: 1 };
    await instance().run();
    expect([mails, await instance().isChosen(by)]).toEqual([[], true]);
  });

  it.each<[string, () => Account[]]>([
    ['was closed', () => [claire({ ...REFERENT, status: 'DEACTIVATED' })]],
    ['administers nothing any longer', () => [claire({ roles: ['professional'], memberships: [] })]],
    ['was erased', () => []],
  ])('ends for a person who %s', async (_, changed) => {
    await instance().choose(by, true);
    people = changed();
    monday();
    await instance().run();
    expect([mails, await instance().isChosen(by)]).toEqual([[], false]);
  });

  it('is in an export of the person, and forgotten with them', async () => {
    await instance().choose(by, true);
    const data = new WeeklyMailPersonalData(rows);
    const subject = { id: 'claire' } as DataSubject;
    expect(await data.export(subject)).toEqual({ weeklyMail: true });
    await engine.transactions.run((tx) => data.erase(subject, tx));
    expect(await data.export(subject)).toEqual({ weeklyMail: false });
  });
});
