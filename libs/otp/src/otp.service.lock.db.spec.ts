import { DAY, HOUR, MINUTE, addMilliseconds } from '@portillon/kernel';
import { describeOnEveryEngine, explained, numbersTo, SettableClock } from '@portillon/testing';
import { otpPersistence } from './otp.persistence';
import type { OtpService } from './otp.service';
import type { CodeAccepted } from './otp.types';
import { afresh, Person, signInRequest, wrong } from './testing/otp.fixture';

describeOnEveryEngine('wrong codes in a row', [otpPersistence], (testDatabase, engine) => {
  let clock: SettableClock;
  let otp: OtpService;
  let claire: Person;
  let signIns: number;

  beforeEach(async () => {
    ({ clock, otp, claire } = await afresh(testDatabase));
    signIns = 0;
  });

  /** Types `times` wrong codes, each against a new challenge of a new sign-in: the last answer. */
  async function fail(times: number, person = claire) {
    let last;
    for (let time = 0; time < times; time++) {
      const binding = `attempt-${signIns++}`;
      const { code } = await person.receive({ binding });
      last = await person.type(wrong(code), { binding });
    }
    return last;
  }

  it('lock the code step at the tenth for 15 minutes, for every challenge', async () => {
    expect(await fail(9)).toEqual({ status: 'rejected', attemptsLeft: 4, channel: 'EMAIL' });
    const retryAt = addMilliseconds(clock.now(), 15 * MINUTE);
    expect(await fail(1)).toEqual({ status: 'locked', retryAt, fresh: true });
    expect(await claire.ask()).toEqual({ status: 'locked', retryAt, fresh: false });
  });

  it('lock out the correct code of an earlier challenge', async () => {
    const { code } = await claire.receive();
    await fail(10);
    expect(await claire.type(code)).toMatchObject({ status: 'locked', fresh: false });
    clock.advance(15 * MINUTE - 1);
    expect(await claire.type(code)).toMatchObject({ status: 'locked' });
  });

  it('lock only once the last counted attempt was wrong too', async () => {
    await fail(9);
    const { challenge, code } = await claire.receive();
    expect(await claire.type(code)).toMatchObject({ status: 'accepted' });
    expect(await claire.use(challenge.id)).toBe(true);
    expect(await fail(9)).toMatchObject({ status: 'rejected' });
    expect(await fail(1)).toMatchObject({ status: 'locked', fresh: true });
  });

  it('are not cleared by a new code, nor by a correct one that was never used', async () => {
    await fail(8);
    const { code } = await claire.receive();
    await claire.type(code);
    expect(await fail(1)).toMatchObject({ status: 'locked', fresh: true });
  });

  it('do not include correct codes that could not be used: these are refunded', async () => {
    await fail(4);
    const { challenge, code } = await claire.receive();
    for (let time = 0; time < 12; time++) {
      const accepted = await claire.type(code);
      expect(accepted).toMatchObject({ status: 'accepted' });
      await otp.refund(accepted as CodeAccepted);
    }
    await fail(5);
    // The tenth attempt would lock, were it wrong.
    await otp.refund((await claire.type(code)) as CodeAccepted);
    expect(await otp.lockOf('claire')).toBeUndefined();
    await claire.type(code);
    expect(await claire.use(challenge.id)).toBe(true);
  });

  it('stay counted when a correct code between them is refunded', async () => {
    const { code } = await claire.receive();
    const accepted = (await claire.type(code)) as CodeAccepted;
    await fail(9);
    expect(await otp.lockOf('claire')).toBeDefined();
    await otp.refund(accepted);
    expect(await otp.lockOf('claire')).toBeUndefined();
    expect(await fail(1)).toMatchObject({ status: 'locked', fresh: true });
  });

  it('lock twice as long each time, a day at most, and after the hundredth until an administrator unlocks', async () => {
    const waits: unknown[] = [];
    for (let lock = 0; lock < 10; lock++) {
      const last = await fail(10);
      if (last?.status !== 'locked') throw new Error('not locked');
      waits.push(last.retryAt && (last.retryAt.getTime() - clock.now().getTime()) / MINUTE);
      clock.set(last.retryAt ?? addMilliseconds(clock.now(), 365 * DAY));
    }
    expect(waits).toEqual([15, 30, 60, 120, 240, 480, 960, 1440, 1440, null]);
    expect(await claire.ask({ binding: 'a-year-later' })).toEqual({
      status: 'locked',
      retryAt: null,
      fresh: false,
    });
    expect(await otp.locked(10)).toEqual(['claire']);
    await otp.unlock('claire');
    expect(await otp.locked(10)).toEqual([]);
    expect(await claire.ask({ binding: 'a-year-later' })).toMatchObject({ status: 'issued' });
  });

  it('start again after an unlock', async () => {
    await fail(10);
    await testDatabase.transactions.run((tx) => otp.unlock('claire', tx));
    expect(await fail(9)).toMatchObject({ status: 'rejected' });
    expect(await fail(1)).toMatchObject({
      status: 'locked',
      retryAt: addMilliseconds(clock.now(), 15 * MINUTE),
    });
  });

  it('lock no one else', async () => {
    await fail(10);
    const paul = new Person(testDatabase, otp, signInRequest({ subjectId: 'paul', binding: 'sign-in-2' }));
    const { code } = await paul.receive();
    expect(await paul.type(code)).toMatchObject({ status: 'accepted' });
    expect([...(await otp.lockedAmong(['claire', 'paul', 'unknown'])).keys()]).toEqual(['claire']);
    expect(await otp.lockedAmong(['paul'])).toEqual(new Map());
    expect(await otp.locked(10)).toEqual(['claire']);
    clock.advance(15 * MINUTE);
    expect(await otp.lockedAmong(['claire'])).toEqual(new Map());
    expect(await otp.locked(10)).toEqual([]);
    expect(await paul.ask({ binding: 'sign-in-3' })).toMatchObject({ status: 'issued' });
  });

  it('lock some of many people, who are found by an index', async () => {
    await fail(10);
    if (engine === 'embedded') return;
    await testDatabase.dataSource.query(
      `INSERT INTO otpSubject (id, failures) SELECT seq, 3 FROM ${numbersTo(1_000)}`,
    );
    const [plan] = await explained(testDatabase.dataSource, () => otp.locked(10));
    expect(plan!.map(({ key }) => key)).toEqual(['otpSubjectLocked']);
    expect(await otp.locked(10)).toEqual(['claire']);
  });

  it('stay counted when the request that caused them is rolled back', async () => {
    const { code } = await claire.receive();
    await claire.type(wrong(code));
    await expect(
      testDatabase.transactions.run(async () => {
        throw new Error('refused');
      }),
    ).rejects.toThrow('refused');
    expect(await testDatabase.dataSource.query('SELECT failures FROM otpSubject')).toEqual([{ failures: 1 }]);
  });

  it('stay locked when the clock steps back', async () => {
    await fail(10);
    clock.advance(-HOUR);
    expect(await claire.ask()).toMatchObject({ status: 'locked' });
  });

  it('answer "locked" rather than "exhausted" or "expired"', async () => {
    const { code } = await claire.receive();
    for (let time = 0; time < 5; time++) await claire.type(wrong(code));
    await fail(5);
    expect(await claire.type(code)).toMatchObject({ status: 'locked' });
    clock.advance(14 * MINUTE);
    expect(await claire.type(code)).toMatchObject({ status: 'locked' });
  });
});
