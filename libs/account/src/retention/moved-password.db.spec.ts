import { DAY } from '@portillon/kernel';
import { concurrently, describeOnEveryEngine, explained, numbersTo, SettableClock } from '@portillon/testing';
import { accountPersistence } from '../account.persistence';
import { AccountEntity } from '../account/account.entity';
import { accountServices } from '../testing/account.fixture';
import { MovedPasswordRepository, MovedPasswordService } from './moved-password.service';

const DIGEST = '$2y$05$abcdefghijklmnopqrstuuZit4uyQKIkkawwkt362pGBn4nTb8J9q';
const CROWD = `INSERT INTO account (id, username, usernameKey, email, emailKey, displayName, displayNameKey, locale, status,
    roles, codeChannel, createdAt, version, passwordMovedAt, passwordMoveStage, passwordMoveDueAt)
  SELECT LPAD(seq, 36, '0'), seq, seq, 'a@h.example', '', 'Claire Roux', seq, 'fr', 'ACTIVE', '', 'EMAIL', ?, 1,
    IF(seq % 100, NULL, ?), IF(seq % 200, 0, 1), IF(seq % 200, NULL, ?)
  FROM ${numbersTo(4_000)}`;

describeOnEveryEngine(
  'a password that moved in from another product',
  [accountPersistence],
  (testDatabase, engine) => {
    let clock: SettableClock;
    let services: ReturnType<typeof accountServices>;
    let moved: MovedPasswordService;

    const rows = () => testDatabase.dataSource.getRepository(AccountEntity);
    const inOne: typeof testDatabase.transactions.run = (work) => testDatabase.transactions.run(work);
    const open = (until: Date | null = null) =>
      new MovedPasswordService(services.accountRows, new MovedPasswordRepository(rows()), clock, { until });

    beforeEach(async () => {
      await testDatabase.empty();
      clock = new SettableClock();
      services = accountServices(testDatabase.dataSource, clock);
      moved = open();
    });

    async function moveIn(username = 'claire'): Promise<string> {
      const draft = { username, email: 'c@hopital.example', displayName: 'Claire', passwordDigest: DIGEST };
      const made = await inOne((tx) => services.accounts.create(draft, tx));
      const id = made.status === 'created' ? made.account.id : '';
      await rows().update({ id }, { passwordMovedAt: clock.now() });
      return id;
    }

    /** Looks once a day for so many days: what was done, by the day. */
    async function live(days: number): Promise<[day: number, act: string][]> {
      const story: [number, string][] = [];
      for (let day = 1; day <= days; day++) {
        clock.advance(DAY);
        for (const due of await moved.findDue(100))
          if (await inOne((tx) => moved.applyStep(due, tx))) story.push([day, due.step.act]);
      }
      return story;
    }

    const THREE_STEPS = ['warn', 'warn', 'end'];

    it('ends a year later, after warnings 30 and 7 days before', async () => {
      const id = await moveIn();
      expect(await live(366)).toEqual([
        [335, 'warn'],
        [358, 'warn'],
        [365, 'end'],
      ]);
      expect(await services.accounts.get(id)).toMatchObject({
        status: 'ACTIVE',
        passwordDigest: 'taken:moved',
        passwordVoid: { reason: 'moved' },
      });
      expect(await services.accounts.hasMovedPassword()).toBe(false);
    });

    it('ends on the configured date, which the first warning gives', async () => {
      await moveIn();
      const until = new Date(clock.now().getTime() + 60 * DAY);
      moved = open(until);
      expect(await live(29)).toEqual([]);
      clock.advance(DAY);
      const [first] = await moved.findDue(10);
      expect(first!.step).toMatchObject({ act: 'warn', endsAt: until });
      await inOne((tx) => moved.applyStep(first!, tx));
      expect(await live(31)).toEqual([
        [23, 'warn'],
        [30, 'end'],
      ]);
    });

    it('has the full 30 days even if the date has passed', async () => {
      moved = open(new Date(clock.now().getTime() - DAY));
      await moveIn();
      const story = await live(40);
      expect(story.map(([, act]) => act)).toEqual(THREE_STEPS);
      expect(story[2]![0] - story[0]![0]).toBe(30);
    });

    it.each([
      ['is used', (id: string) => services.accounts.rehash(id, DIGEST, 'ours')],
      ['is replaced', (id: string) => inOne((tx) => services.accounts.setPassword(id, 'ours', tx))],
      ['is reset', (id: string) => inOne((tx) => services.accounts.resetPassword(id, 'ours', tx))],
    ])('never ends once it %s', async (_how, use) => {
      const id = await moveIn();
      await live(340);
      await use(id);
      expect(await services.accounts.hasMovedPassword()).toBe(false);
      expect(await live(60)).toEqual([]);
      expect((await services.accounts.get(id))!.passwordDigest).toBe('ours');
    });

    it('is spared when it is used between the check and the end', async () => {
      const id = await moveIn();
      await live(364);
      clock.advance(DAY);
      const [due] = await moved.findDue(10);
      expect(due!.step).toEqual({ act: 'end' });
      await services.accounts.rehash(id, DIGEST, 'ours');
      expect(await inOne((tx) => moved.applyStep(due!, tx))).toBe(false);
      expect((await services.accounts.get(id))!.passwordDigest).toBe('ours');
    });

    it('is announced and ended once when sixteen instances run', async () => {
      await moveIn();
      for (const days of [335, 23, 7]) {
        clock.advance(days * DAY);
        const [due] = await moved.findDue(10);
        const { results } = await concurrently(16, () => inOne((tx) => moved.applyStep(due!, tx)));
        expect(results.filter(Boolean)).toHaveLength(1);
      }
    });

    it('is found by an index in a large table', async () => {
      if (engine === 'embedded') return;
      await testDatabase.dataSource.query(CROWD, [clock.now(), clock.now(), clock.now()]);
      await testDatabase.dataSource.query('ANALYZE TABLE account');
      const [any] = await explained(testDatabase.dataSource, () => services.accounts.hasMovedPassword());
      expect(any![0]!.key).toBe('accountPasswordMoved');
      const [due] = await explained(testDatabase.dataSource, () => moved.findDue(10));
      expect(due![0]!.key).toMatch(/accountPasswordMoved|accountPasswordMoveDue/);
    });
  },
);
