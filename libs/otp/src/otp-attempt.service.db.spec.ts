import { MINUTE, addMilliseconds } from '@portillon/kernel';
import { concurrently, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import type { OtpAttemptService } from './otp-attempt.service';
import { otpPersistence } from './otp.persistence';
import { afresh, attemptsOn, Person, wrong } from './testing/otp.fixture';

const MANY = 32;

describeOnEveryEngine('attempts at a code that was not sent', [otpPersistence], (testDatabase) => {
  let clock: SettableClock;
  let attempts: OtpAttemptService;
  let claire: Person;

  beforeEach(async () => {
    ({ clock, claire } = await afresh(testDatabase));
    attempts = attemptsOn(testDatabase.dataSource, clock);
  });

  async function fail(times: number) {
    let last;
    for (let time = 0; time < times; time++) last = await attempts.count('claire');
    return last;
  }

  it('lock the code step at the tenth, together with sent codes', async () => {
    expect(await fail(9)).toEqual({ status: 'counted', lock: null });
    const retryAt = addMilliseconds(clock.now(), 15 * MINUTE);
    expect(await fail(1)).toEqual({ status: 'counted', lock: { status: 'locked', retryAt, fresh: true } });
    expect(await fail(1)).toEqual({ status: 'locked', retryAt, fresh: false });
    expect(await claire.ask()).toMatchObject({ status: 'locked' });
  });

  it('are counted together with those for sent codes', async () => {
    await fail(9);
    const { code } = await claire.receive();
    expect(await claire.type(wrong(code))).toMatchObject({ status: 'locked', fresh: true });
    expect(await fail(1)).toMatchObject({ status: 'locked' });
  });

  it('stay locked when the clock steps back', async () => {
    await fail(10);
    clock.advance(-MINUTE);
    expect(await fail(1)).toMatchObject({ status: 'locked' });
  });

  it('are cleared after a correct one', async () => {
    await fail(9);
    await testDatabase.transactions.run((tx) => attempts.forgive('claire', tx));
    expect(await fail(9)).toEqual({ status: 'counted', lock: null });
  });

  it('that could not be checked are refunded, with their lock', async () => {
    await fail(9);
    for (let time = 0; time < 12; time++) {
      expect(await fail(1)).toMatchObject({ status: 'counted' });
      await attempts.refund('claire');
    }
    await attempts.refund('paul');
    expect(await fail(1)).toMatchObject({ lock: { status: 'locked' } });
    expect(await fail(1)).toMatchObject({ status: 'locked' });
  });

  it('are refunded by eight callers at once, each its own', async () => {
    await fail(1);
    const { errors } = await concurrently(8, async () => {
      const counted = await attempts.count('claire');
      if (counted.status === 'counted') await attempts.refund('claire');
    });
    expect(errors).toEqual([]);
    expect(await fail(8)).toEqual({ status: 'counted', lock: null });
    expect(await fail(1)).toMatchObject({ lock: { status: 'locked' } });
  });

  it('pass ten of 32 concurrent ones', async () => {
    const { results } = await concurrently(MANY, () => attempts.count('claire'));
    expect(results.filter(({ status }) => status === 'counted')).toHaveLength(10);
  });
});
