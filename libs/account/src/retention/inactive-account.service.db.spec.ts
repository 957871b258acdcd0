import { DAY } from '@portillon/kernel';
import { concurrently, describeOnEveryEngine, explained, SettableClock } from '@portillon/testing';
import { AccountEntity } from '../account/account.entity';
import { accountPersistence } from '../account.persistence';
import type { AccountService } from '../account/account.service';
import type { AccountRetentionService } from './account-retention.service';
import { accountServices } from '../testing/account.fixture';

describeOnEveryEngine('an unused account', [accountPersistence], (bench, engine) => {
  let clock: SettableClock;
  let accounts: AccountService;
  let absences: AccountRetentionService;

  beforeEach(async () => {
    await bench.empty();
    clock = new SettableClock();
    ({ accounts, retention: absences } = accountServices(bench.dataSource, clock));
  });

  async function open(username = 'claire', status: 'ACTIVE' | 'INVITED' = 'ACTIVE'): Promise<string> {
    const draft = { username, email: 'c@hopital.example', displayName: 'Claire', status };
    const made = await bench.transactions.run((tx) => accounts.create(draft, tx));
    return made.status === 'created' ? made.account.id : '';
  }

  /** Looks once a day for so many days: what was done, by the day. */
  async function live(days: number): Promise<[day: number, act: string][]> {
    const story: [number, string][] = [];
    for (let day = 1; day <= days; day++) {
      clock.advance(DAY);
      for (const absence of await absences.findUnchecked(100)) {
        const settled = await bench.transactions.run((tx) => absences.applyStep(absence, tx));
        if (settled && absence.step.act !== 'wait') story.push([day, absence.step.act]);
      }
    }
    return story;
  }

  it('is announced 30 and 7 days before it is blocked after half a year', async () => {
    const id = await open();
    expect(await live(184)).toEqual([
      [153, 'warn'],
      [176, 'warn'],
      [183, 'block'],
    ]);
    expect((await accounts.get(id))!.status).toBe('DEACTIVATED');
  });

  it('announces the day of the block to its holder', async () => {
    await open();
    clock.advance(153 * DAY);
    const [first] = await absences.findUnchecked(10);
    expect(first!.step).toEqual({ act: 'warn', blockedAt: new Date(clock.now().getTime() + 30 * DAY) });
  });

  it('is kept when the person returns, and is announced again half a year later', async () => {
    const id = await open();
    await live(180);
    await bench.transactions.run((tx) => accounts.recordSignIn(id, clock.now(), tx));
    expect(await live(152)).toEqual([]);
    expect((await live(2)).map(([, act]) => act)).toEqual(['warn']);
  });

  it('has the full 30 days when an administrator reopens it', async () => {
    const id = await open();
    await live(184);
    await bench.dataSource.getRepository(AccountEntity).update({ id }, { status: 'ACTIVE' });
    const story = await live(60);
    expect(story.map(([, act]) => act)).toEqual(['warn', 'warn', 'block']);
    expect(story[2]![0] - story[0]![0]).toBe(30);
  });

  it('gets no notice and no block if it was never opened', async () => {
    await open('claire', 'INVITED');
    expect(await live(400)).toEqual([]);
  });

  it('is not blocked without a notice, however long the service was down', async () => {
    await open();
    clock.advance(1_000 * DAY);
    expect((await live(40)).map(([, act]) => act)).toEqual(['warn', 'warn', 'block']);
  });

  it('is spared when the person signs in between the check and the block', async () => {
    const id = await open();
    await live(182);
    clock.advance(DAY);
    const [absence] = await absences.findUnchecked(10);
    expect(absence!.step.act).toBe('block');
    await bench.transactions.run((tx) => accounts.recordSignIn(id, clock.now(), tx));
    expect(await bench.transactions.run((tx) => absences.applyStep(absence!, tx))).toBe(false);
    expect((await accounts.get(id))!.status).toBe('ACTIVE');
  });

  it('is announced and blocked once when sixteen instances run', async () => {
    await open();
    for (const days of [153, 23, 7]) {
      clock.advance(days * DAY);
      const due = await absences.findUnchecked(10);
      const { results } = await concurrently(16, () =>
        bench.transactions.run((tx) => absences.applyStep(due[0]!, tx)),
      );
      expect(results.filter(Boolean)).toHaveLength(1);
    }
  });

  it('is checked in batches, through an index', async () => {
    for (let index = 0; index < 5; index++) await open(`person${index}`);
    expect(await absences.findUnchecked(2)).toHaveLength(2);
    if (engine === 'embedded') return;
    const [plan] = await explained(bench.dataSource, () => absences.findUnchecked(2));
    expect(plan!.map(({ key }) => key)).toEqual(['accountAbsenceDue']);
  });
});
