import { MINUTE, addMilliseconds } from '@portillon/kernel';
import { concurrently, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import type { OtpAttemptService } from './otp-attempt.service';
import { otpPersistence } from './otp.persistence';
import { afresh, attemptsOn, Person, wrong } from './testing/otp.fixture';

const MANY = 32;

describeOnEveryEngine('attempts at a code that was not sent', [otpPersistence], (bench) => {
  let clock: SettableClock;
  let attempts: OtpAttemptService;
  let claire: Person;

  beforeEach(async () => {
    ({ clock, claire } = await afresh(bench));
    attempts = attemptsOn(bench.dataSource, clock);
  });

  async function fail(times: number) {
    let last;
    for (let time = 0; time < times; time++) last = await attempts.count('claire');
    return last;
  }

  it('lock the code step at the tenth, and the codes that are sent with it', async () => {
    expect(await fail(9)).toEqual({ status: 'counted', lock: null });
    const retryAt = addMilliseconds(clock.now(), 15 * MINUTE);
    expect(await fail(1)).toEqual({ status: 'counted', lock: { status: 'locked', retryAt, fresh: true } });
    expect(await fail(1)).toEqual({ status: 'locked', retryAt, fresh: false });
    expect(await claire.ask()).toMatchObject({ status: 'locked' });
  });

  it('are counted with those at codes that were sent', async () => {
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

  it('are forgotten once one was right', async () => {
    await fail(9);
    await bench.transactions.run((tx) => attempts.forgive('claire', tx));
    expect(await fail(9)).toEqual({ status: 'counted', lock: null });
  });

  it('that could not be judged are given back, with the lock that they made', async () => {
    await fail(9);
    for (let time = 0; time < 12; time++) {
      expect(await fail(1)).toMatchObject({ status: 'counted' });
      await attempts.refund('claire');
    }
    await attempts.refund('paul');
    expect(await fail(1)).toMatchObject({ lock: { status: 'locked' } });
    expect(await fail(1)).toMatchObject({ status: 'locked' });
  });

  it('are given back by eight at once, each its own', async () => {
    await fail(1);
    const { errors } = await concurrently(8, async () => {
      const counted = await attempts.count('claire');
      if (counted.status === 'counted') await attempts.refund('claire');
    });
    expect(errors).toEqual([]);
    expect(await fail(8)).toEqual({ status: 'counted', lock: null });
    expect(await fail(1)).toMatchObject({ lock: { status: 'locked' } });
  });

  it('let ten of 32 at once through', async () => {
    const { results } = await concurrently(MANY, () => attempts.count('claire'));
    expect(results.filter(({ status }) => status === 'counted')).toHaveLength(10);
  });
});
