import { MINUTE, SECOND } from '@portillon/kernel';
import type { Database } from '@portillon/persistence';
import { atOnce, describeOnEveryEngine, openMigrated, SettableClock } from '@portillon/testing';
import type { Checked, Foreseen } from './one-time-code';
import type { Otp } from './otp';
import { otpPersistence } from './otp.persistence';
import { afresh, otpOn, Person, signInRequest, wrong } from './testing/otp.fixture';

describeOnEveryEngine('a code that is counted with what it leads to', [otpPersistence], (bench, engine) => {
  let clock: SettableClock;
  let otp: Otp;
  let claire: Person;

  beforeEach(async () => {
    ({ clock, otp, claire } = await afresh(bench));
  });

  const asked = (code: string, binding = 'sign-in-1') => ({ purpose: 'sign-in', binding, code }) as const;

  async function foresee(code: string, binding = 'sign-in-1'): Promise<Foreseen | undefined> {
    return otp.foresee(asked(code, binding), await otp.standing('sign-in', binding));
  }

  /** Whether it was committed. */
  async function settle(foreseen: Foreseen, database = bench.database): Promise<boolean> {
    const settled = await database.inOneTrip((tx) => Promise.all([otp.settle(foreseen, tx)]), {
      shared: true,
    });
    return settled !== undefined;
  }

  /** As the second step of a sign-in does it: at once, or in turn when another came first or the engine cannot. */
  async function attempt(code: string, database: Database = bench.database): Promise<Checked> {
    const own = otpOn(database, { clock });
    const standing = await own.standing('sign-in', 'sign-in-1');
    const foreseen = own.foresee(asked(code), standing);
    if (foreseen && (await settle(foreseen, database))) return foreseen.outcome;
    const checked = await own.check(asked(code), standing);
    if (checked.status !== 'accepted') return checked;
    return (await claire.use(checked.challengeId)) ? checked : { status: 'none' };
  }

  const statuses = (results: Checked[], status: Checked['status']) =>
    results.filter((one) => one.status === status).length;
  const counts = () =>
    bench.database
      .row(`SELECT c.state, c.tries, s.failures FROM otpChallenge c JOIN otpSubject s ON s.id = c.subjectId
      WHERE c.binding = 'sign-in-1'`);

  it.each([16, 48])('opens once when the right one comes %d times', async (times) => {
    const { code } = await claire.receive();
    const { results, errors } = await atOnce(times, () => attempt(code));
    expect(errors).toEqual([]);
    expect(statuses(results, 'accepted')).toBe(1);
    expect(await counts()).toMatchObject({ state: 'USED', failures: 0 });
  });

  it('tells 5 of 32 wrong ones, each with a number of its own, and counts what it tells', async () => {
    const { code } = await claire.receive();
    const { results, errors } = await atOnce(32, () => attempt(wrong(code)));
    expect(errors).toEqual([]);
    expect([statuses(results, 'rejected'), statuses(results, 'exhausted')]).toEqual([5, 27]);
    const left = results.flatMap((one) => (one.status === 'rejected' ? [one.attemptsLeft] : []));
    expect(left.sort()).toEqual([0, 1, 2, 3, 4]);
    expect(await counts()).toEqual({ state: 'OPEN', tries: 5, failures: 5 });
  });

  it.each([0, 3, 16, 31])('tells no more of 32 when the right one is number %d', async (place) => {
    const { code } = await claire.receive();
    const { results } = await atOnce(32, (index) => attempt(index === place ? code : wrong(code)));
    const told = statuses(results, 'rejected') + statuses(results, 'accepted');
    expect(told).toBeLessThanOrEqual(5);
    expect(await counts()).toMatchObject({ tries: told });
  });

  it('counts nothing that is foreseen and not settled', async () => {
    const { code } = await claire.receive();
    for (let time = 0; time < 20; time++) {
      expect((await foresee(code))!.outcome.status).toBe('accepted');
      expect((await foresee(wrong(code)))!.outcome.status).toBe('rejected');
    }
    expect(await counts()).toEqual({ state: 'OPEN', tries: 0, failures: 0 });
    expect((await attempt(code)).status).toBe('accepted');
  });

  const useUp = async (code: string, binding = 'sign-in-1') => {
    for (let time = 0; time < 5; time++) await claire.type(wrong(code), { binding });
  };
  const useUpAnother = async (binding: string) => useUp((await claire.receive({ binding })).code, binding);

  it.each([
    ['is over', async () => clock.advance(10 * MINUTE)],
    ['is from the future, as by a clock set back', async () => clock.advance(-2 * MINUTE)],
    ['has no tries left', (code: string) => useUp(code)],
    ['is of a person who is locked', () => useUpAnother('2').then(() => useUpAnother('3'))],
    ['was used', (code: string) => attempt(code)],
  ])('foresees nothing of one that %s', async (_, happens) => {
    const { code } = await claire.receive();
    await happens(code);
    expect(await foresee(code)).toBeUndefined();
  });

  it('foresees nothing of one that never was', async () => {
    expect(await foresee('123456')).toBeUndefined();
  });

  if (engine !== 'MariaDB') return;

  it('tells 5 of 32 wrong ones that reach two processes', async () => {
    const { code } = await claire.receive();
    const second = await openMigrated(bench.url, [otpPersistence]);
    const { results, errors } = await atOnce(32, (index) =>
      attempt(wrong(code), index % 2 ? second : bench.database),
    );
    await second.close();
    expect(errors).toEqual([]);
    expect(statuses(results, 'rejected')).toBe(5);
    expect(await counts()).toEqual({ state: 'OPEN', tries: 5, failures: 5 });
  });

  it('is settled by one of 16 who foresaw the same, right or wrong', async () => {
    const { code } = await claire.receive();
    for (const typed of [wrong(code), code]) {
      const foreseen = (await foresee(typed))!;
      const { results } = await atOnce(16, () => settle(foreseen));
      expect(results.filter(Boolean)).toHaveLength(1);
    }
    expect(await counts()).toEqual({ state: 'USED', tries: 2, failures: 0 });
  });

  it('counts nothing when what follows is undone', async () => {
    const { code } = await claire.receive();
    for (const typed of [code, wrong(code)]) {
      const foreseen = (await foresee(typed))!;
      const lost = await bench.database.inOneTrip((tx) =>
        Promise.all([otp.settle(foreseen, tx), tx.claim('DELETE FROM otpSubject WHERE id = ?', ['nobody'])]),
      );
      expect(lost).toBeUndefined();
    }
    expect(await counts()).toEqual({ state: 'OPEN', tries: 0, failures: 0 });
  });

  it.each([
    ['another was counted', (code: string) => claire.type(wrong(code))],
    [
      'another was counted and forgiven',
      (code: string) => claire.type(wrong(code)).then(() => otp.unlock('claire')),
    ],
    ['another code of the person was', async () => claire.type('', await another())],
    ['its life ended', async () => clock.advance(10 * MINUTE)],
    ['its life ended long ago', async () => clock.advance(60 * MINUTE)],
    ['it was replaced', async () => (clock.advance(30 * SECOND), claire.receive())],
    ['it was voided', () => bench.database.transaction((tx) => otp.voidAll('claire', tx))],
    [
      'its person was locked',
      () => bench.database.execute('UPDATE otpSubject SET lockedUntilAt = ?', [later()]),
    ],
  ])('is not settled, right or wrong, once %s', async (_, happens) => {
    const { code } = await claire.receive();
    const foreseen = await Promise.all([foresee(code), foresee(wrong(code))]);
    await happens(code);
    const before = await bench.database.rows('SELECT state, tries FROM otpChallenge');
    for (const one of foreseen) expect(await settle(one!)).toBe(false);
    expect(await bench.database.rows('SELECT state, tries FROM otpChallenge')).toEqual(before);
  });

  const later = () => new Date(clock.now().getTime() + MINUTE);
  const another = async () => {
    await claire.receive({ binding: 'sign-in-2' });
    return { binding: 'sign-in-2' };
  };

  it('locks by the tenth wrong one in a row, and says so once it is settled', async () => {
    await useUpAnother('2');
    const { code } = await claire.receive();
    for (let time = 0; time < 4; time++) await attempt(wrong(code));
    const { results } = await atOnce(16, () => attempt(wrong(code)));
    const retryAt = new Date(clock.now().getTime() + 15 * MINUTE);
    expect(results.filter((one) => one.status === 'locked' && one.fresh)).toEqual([
      { status: 'locked', retryAt, fresh: true },
    ]);
    expect(await otp.lockOf('claire')).toEqual({ status: 'locked', retryAt, fresh: false });
  });

  it('is in force for one of 16 who drafted it for the same sign-in', async () => {
    await claire.receive({ binding: 'earlier' });
    const place = () => {
      const draft = otp.draft(signInRequest());
      return bench.database.inOneTrip(async (tx) => {
        await otp.place(draft, tx);
        return draft;
      });
    };
    const { results, errors } = await atOnce(16, place);
    expect(errors).toEqual([]);
    const [placed, ...others] = results.filter((one) => one !== undefined);
    expect(others).toEqual([]);
    expect((await attempt(placed!.code)).status).toBe('accepted');
  });

  it('is not in force by a draft for a person who is locked, or has never had one', async () => {
    const place = () =>
      bench.database.inOneTrip((tx) => Promise.all([otp.place(otp.draft(signInRequest()), tx)]));
    expect(await place()).toBeUndefined();
    await useUpAnother('2');
    await useUpAnother('3');
    expect(await place()).toBeUndefined();
    expect(await counts()).toBeUndefined();
  });
});
