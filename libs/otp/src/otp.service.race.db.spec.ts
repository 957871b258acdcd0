import { SECOND } from '@portillon/kernel';
import { concurrently, describeOnEveryEngine, openMigrated, SettableClock } from '@portillon/testing';
import { OtpSubjectEntity } from './otp-subject.repository';
import { otpPersistence } from './otp.persistence';
import type { OtpService } from './otp.service';
import { afresh, otpOn, Person, signInRequest, wrong } from './testing/otp.fixture';

describeOnEveryEngine('one-time codes under a rush', [otpPersistence], (testDatabase, engine) => {
  let clock: SettableClock;
  let otp: OtpService;
  let claire: Person;

  beforeEach(async () => {
    ({ clock, otp, claire } = await afresh(testDatabase));
  });

  const challenges = () =>
    testDatabase.dataSource.query<{ state: string; tries: number }[]>(
      'SELECT state, tries FROM otpChallenge',
    );
  const failures = async () =>
    (await testDatabase.dataSource.getRepository(OtpSubjectEntity).findOneByOrFail({ id: 'claire' }))
      .failures;
  const tally = (results: { status: string }[]) =>
    results.reduce<Record<string, number>>(
      (sum, { status }) => ({ ...sum, [status]: (sum[status] ?? 0) + 1 }),
      {},
    );

  it('compare 5 of 32 wrong codes, each with a different count', async () => {
    const { code } = await claire.receive();
    const { results, errors } = await concurrently(32, () => claire.type(wrong(code)));
    expect(errors).toEqual([]);
    expect(tally(results)).toEqual({ rejected: 5, exhausted: 27 });
    const left = results.flatMap((one) => (one.status === 'rejected' ? [one.attemptsLeft] : []));
    expect(left.sort()).toEqual([0, 1, 2, 3, 4]);
    expect(await challenges()).toEqual([{ state: 'OPEN', tries: 5 }]);
    expect(await failures()).toBe(5);
  });

  it('compare 5 of 32 wrong codes that reach two processes', async () => {
    // Two connections to one file in one thread would wait for each other: on that engine it takes two real processes.
    if (engine === 'embedded') return;
    const { code } = await claire.receive();
    const second = await openMigrated(testDatabase.url, [otpPersistence]);
    const elsewhere = otpOn(second, { clock });
    const { results, errors } = await concurrently(32, (index) =>
      (index % 2 ? otp : elsewhere).check({ purpose: 'sign-in', binding: 'sign-in-1', code: wrong(code) }),
    );
    await second.destroy();
    expect(errors).toEqual([]);
    expect(tally(results)).toEqual({ rejected: 5, exhausted: 27 });
  });

  it('pass no more attempts for the correct code among 32 than for a wrong one', async () => {
    const { code } = await claire.receive();
    const { results } = await concurrently(32, (index) => claire.type(index === 31 ? code : wrong(code)));
    const { rejected = 0, accepted = 0 } = tally(results);
    expect(rejected + accepted).toBe(5);
  });

  it('are used once when the correct code is sent 16 times', async () => {
    const { code } = await claire.receive();
    const { results, errors } = await concurrently(16, async () => {
      const checked = await claire.type(code);
      return checked.status === 'accepted' && claire.use(checked.challengeId);
    });
    expect(errors).toEqual([]);
    expect(results.filter(Boolean)).toEqual([true]);
    expect((await challenges()).map(({ state }) => state)).toEqual(['USED']);
    expect(await failures()).toBe(0);
  });

  it('are used once when 16 callers consume the same challenge', async () => {
    const { challenge, code } = await claire.receive();
    await claire.type(code);
    const { results, errors } = await concurrently(16, () => claire.use(challenge.id));
    expect(errors).toEqual([]);
    expect(results.filter(Boolean)).toEqual([true]);
  });

  it('lock after 10 consecutive wrong ones, even across 3 challenges of the person', async () => {
    const bindings = ['sign-in-1', 'sign-in-2', 'sign-in-3'];
    const codes = await Promise.all(bindings.map((binding) => claire.receive({ binding })));
    const { results, errors } = await concurrently(48, (index) => {
      const at = index % 3;
      return claire.type(wrong(codes[at]!.code), { binding: bindings[at] });
    });
    expect(errors).toEqual([]);
    const fresh = results.filter((one) => one.status === 'locked' && one.fresh);
    expect(fresh).toHaveLength(1);
    expect(tally(results)['rejected']).toBe(9);
    expect(await failures()).toBe(10);
  });

  it('are sent once when a new person requests one 16 times', async () => {
    const { results, errors } = await concurrently(16, () => claire.ask());
    expect(errors).toEqual([]);
    expect(tally(results)).toEqual({ issued: 1, 'too-soon': 15 });
    expect(await challenges()).toEqual([{ state: 'OPEN', tries: 0 }]);
  });

  it('are sent again once when 16 callers ask after the wait, and the earlier code is void', async () => {
    const earlier = await claire.receive();
    clock.advance(30 * SECOND);
    const { results, errors } = await concurrently(16, () => claire.ask());
    expect(errors).toEqual([]);
    expect(tally(results)).toEqual({ issued: 1, 'too-soon': 15 });
    expect((await challenges()).map(({ state }) => state).sort()).toEqual(['OPEN', 'REPLACED']);
    expect(await claire.use(earlier.challenge.id)).toBe(false);
  });

  it('are all sent when a new person signs in 16 times in 16 places', async () => {
    const { results, errors } = await concurrently(16, (index) =>
      claire.ask({ binding: `sign-in-${index}` }),
    );
    expect(errors).toEqual([]);
    expect(tally(results)).toEqual({ issued: 16 });
  });

  it('are compared with the counted challenge, even while it is replaced', async () => {
    const earlier = await claire.receive();
    clock.advance(30 * SECOND);
    const { errors } = await concurrently(32, async (index) => {
      if (index === 16) return claire.ask();
      return claire.type(wrong(earlier.code));
    });
    expect(errors).toEqual([]);
    const rows = await challenges();
    expect(rows.filter(({ tries }) => tries > 5)).toEqual([]);
    expect(await failures()).toBe(rows.reduce((sum, { tries }) => sum + tries, 0));
  });

  it('are either used or voided, whichever is first', async () => {
    const bindings = Array.from({ length: 16 }, (_, index) => `sign-in-${index}`);
    const received = await Promise.all(bindings.map((binding) => claire.receive({ binding })));
    await Promise.all(
      received.slice(0, 4).map(({ code }, index) => claire.type(code, { binding: bindings[index] })),
    );
    const voiding = testDatabase.transactions.run((tx) => otp.voidAll('claire', tx));
    const { results, errors } = await concurrently(16, (index) => claire.use(received[index]!.challenge.id));
    await voiding;
    expect(errors).toEqual([]);
    const used = (await challenges()).filter(({ state }) => state === 'USED');
    expect(used).toHaveLength(results.filter(Boolean).length);
  });

  it('do not interfere with an administrator who unlocks and voids at the same time', async () => {
    const codes = await Promise.all(
      [1, 2, 3].map((index) => claire.receive({ binding: `sign-in-${index}`, subjectId: 'claire' })),
    );
    const { errors } = await concurrently(48, async (index) => {
      const at = index % 4;
      if (at < 3) return claire.type(wrong(codes[at]!.code), { binding: `sign-in-${at + 1}` });
      return testDatabase.transactions.run(async (tx) => {
        await otp.unlock('claire', tx);
        await otp.voidAll('claire', tx);
      });
    });
    expect(errors).toEqual([]);
  });

  it('of one person do not wait for those of another', async () => {
    const people = Array.from({ length: 16 }, (_, index) => `person-${index}`);
    const { results, errors } = await concurrently(16, async (index) => {
      const request = signInRequest({ subjectId: people[index]!, binding: people[index]! });
      const person = new Person(testDatabase, otp, request);
      const { challenge, code } = await person.receive();
      const checked = await person.type(code);
      return checked.status === 'accepted' && person.use(challenge.id);
    });
    expect(errors).toEqual([]);
    expect(results).toEqual(people.map(() => true));
  });
});
