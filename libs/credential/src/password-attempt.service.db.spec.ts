import { DAY, HOUR, Keyring, MINUTE, SECOND } from '@portillon/kernel';
import { describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { credentialPersistence } from './credential.persistence';
import { PasswordAttemptService } from './password-attempt.service';
import { credentialServices } from './testing/credential.fixture';

const KEYS = new Keyring([{ id: 'k1', secret: Buffer.alloc(32, 1) }]);
const NAME = 'claire.martin';
const BROWSER = '018f0000-0000-7000-8000-000000000001';

describeOnEveryEngine('password attempts', [credentialPersistence], (bench) => {
  let clock: SettableClock;
  let attempts: PasswordAttemptService;

  beforeEach(async () => {
    clock = new SettableClock();
    attempts = credentialServices(bench.dataSource, clock, KEYS).attempts;
    await bench.empty();
  });

  /** Milliseconds until the next attempt is allowed; 0 when this one was. */
  async function wait(name = NAME, browser: string | null = null): Promise<number> {
    const start = await attempts.begin(name, browser);
    return start.status === 'allowed' ? 0 : start.retryAt.getTime() - clock.now().getTime();
  }

  async function failUntilDelayed(browser: string | null = null): Promise<void> {
    while ((await wait(NAME, browser)) === 0);
  }

  it('have no difference between entities and migrations', async () => {
    expect(await bench.migrator.drift()).toEqual([]);
  });

  it('wait longer each time: over a minute after five, half an hour from the tenth', async () => {
    const waits: number[] = [];
    for (let failure = 1; failure <= 11; failure++) {
      expect(await wait()).toBe(0);
      const next = failure < 3 ? 0 : await wait();
      waits.push(next);
      clock.advance(next);
    }
    const minutes = [2, 4, 8, 15, 30, 30].map((one) => one * MINUTE);
    expect(waits).toEqual([0, 0, SECOND, 5 * SECOND, 65 * SECOND, ...minutes]);
  });

  it('are refused until the exact millisecond, and a refusal does not extend the wait', async () => {
    await failUntilDelayed();
    const first = await wait();
    clock.advance(first - 1);
    expect(await wait()).toBe(1);
    clock.advance(1);
    expect(await wait()).toBe(0);
  });

  it('start again after a success, which is not counted', async () => {
    await wait();
    await wait();
    await wait();
    clock.advance(SECOND);
    expect(await wait()).toBe(0);
    await attempts.succeeded(NAME, null, bench.dataSource.manager);
    expect([await wait(), await wait(), await wait()]).toEqual([0, 0, 0]);
    expect(await wait()).toBe(SECOND);
  });

  it('are at most 25 in any 24 hours, however they are spread', async () => {
    const started = clock.now();
    for (let failure = 0; failure < 25; failure++) {
      expect(await wait()).toBe(0);
      clock.advance(40 * MINUTE);
    }
    expect(await attempts.begin(NAME, null)).toEqual({
      status: 'delayed',
      retryAt: new Date(started.getTime() + DAY),
    });
    clock.set(new Date(started.getTime() + DAY));
    expect(await wait()).toBe(0);
    clock.advance(30 * MINUTE);
    expect(await wait()).toBe(10 * MINUTE);
  });

  it('that succeed do not count towards the 25', async () => {
    for (let success = 0; success < 60; success++) {
      expect(await wait()).toBe(0);
      await attempts.succeeded(NAME, null, bench.dataSource.manager);
    }
    expect(await wait()).toBe(0);
  });

  it('without a result are no longer counted, and cause no wait', async () => {
    const refund = () => attempts.refund(NAME, null);
    for (let unjudged = 0; unjudged < 30; unjudged++) {
      expect(await wait()).toBe(0);
      await refund();
    }
    for (let failure = 1; failure <= 4; failure++) {
      expect(await wait()).toBe(0);
      clock.advance(5 * SECOND);
    }
    // The fifth wrong one would wait for more than a minute.
    expect(await wait()).toBe(0);
    await refund();
    expect(await wait()).toBe(0);
    expect(await wait()).toBe(65 * SECOND);
  });

  it('are counted together for every spelling of the name', async () => {
    for (const name of ['claire.martin', 'CLAIRE.MARTIN', ' Claire.Martin']) expect(await wait(name)).toBe(0);
    expect(await wait('ｃｌａｉｒｅ.martin')).toBe(SECOND);
    expect(await wait('paul.durand')).toBe(0);
  });

  it('of strangers do not lock the person in a trusted browser, and vice versa', async () => {
    await failUntilDelayed();
    expect(await wait(NAME, BROWSER)).toBe(0);
    await attempts.succeeded(NAME, BROWSER, bench.dataSource.manager);
    expect(await wait()).toBeGreaterThan(0);
    await failUntilDelayed(BROWSER);
    expect(await wait(NAME, '018f0000-0000-7000-8000-000000000002')).toBe(0);
  });

  it('are cleared when an administrator unlocks the name, in every browser', async () => {
    await failUntilDelayed();
    await failUntilDelayed(BROWSER);
    await attempts.unlock('Claire.Martin');
    expect([await wait(), await wait(NAME, BROWSER)]).toEqual([0, 0]);
  });

  it('survive a restart and the rollback of the request', async () => {
    const doomed = bench.transactions.run(async () => {
      throw new Error('refused');
    });
    await Promise.all([wait(), wait(), wait(), expect(doomed).rejects.toThrow('refused')]);
    attempts = credentialServices(bench.dataSource, clock, KEYS).attempts;
    expect(await wait()).toBe(SECOND);
  });

  it('gain nothing from a clock that steps back', async () => {
    for (let failure = 0; failure < 3; failure++) await wait();
    clock.advance(-HOUR);
    expect(await wait()).toBe(HOUR + SECOND);
  });

  it('store no name in the database: people type their password in the wrong field', async () => {
    await wait('hunter2');
    const rows = await bench.dataSource.query<{ nameDigest: string }[]>('SELECT * FROM passwordAttempt');
    expect(JSON.stringify(rows)).not.toContain('hunter2');
    expect(rows[0]!.nameDigest).toMatch(/^k1\.[0-9a-f]{64}$/);
  });

  it.each([
    ['no text', ''],
    ['a null character', '\0'],
    ['a statement', "'; DROP TABLE account; --"],
    ['65,000 letters', 'x'.repeat(65_000)],
    ['half a character', '\ud800'],
    ['a name of the language', '__proto__'],
  ])('count under any text at all: %s', async (_, name) => expect(await wait(name)).toBe(0));

  it('are purged a day after the last, a batch at a time', async () => {
    for (const name of ['a', 'b', 'c']) await wait(name);
    clock.advance(DAY + 1);
    await wait('d');
    expect(await attempts.purge(2)).toBe(2);
    expect(await attempts.purge(2)).toBe(1);
    expect(await attempts.purge(2)).toBe(0);
    expect(await bench.dataSource.query('SELECT consecutive FROM passwordAttempt')).toHaveLength(1);
  });

  it('are kept while newer ones exist under the same name in another browser', async () => {
    await wait(NAME, BROWSER);
    clock.advance(DAY + 1);
    for (let failure = 0; failure < 3; failure++) await wait();
    expect(await attempts.purge(10)).toBe(1);
    expect(await wait()).toBe(SECOND);
  });

  it('return until when the name must wait in an unknown browser, and nothing once it is free', async () => {
    await failUntilDelayed(BROWSER);
    expect(await attempts.delayedUntil(NAME)).toBeUndefined();
    expect(await attempts.delayedAmong([NAME])).toEqual(new Map());
    await failUntilDelayed();
    const until = new Date(clock.now().getTime() + SECOND);
    expect(await attempts.delayedUntil(NAME)).toEqual(until);
    expect(await attempts.delayedAmong([NAME])).toEqual(new Map([[NAME, { until, isLock: false }]]));
    clock.advance(SECOND);
    expect(await attempts.delayedUntil(NAME)).toBeUndefined();
  });

  it('record each lock once, and none that is over', async () => {
    await failUntilDelayed();
    const until = (await attempts.delayedUntil(NAME))!;
    const note = (at: Date) => bench.transactions.run((tx) => attempts.recordLock(NAME, null, at, tx));
    expect(await note(new Date(until.getTime() + HOUR))).toBe(false);
    expect([await note(until), await note(until)]).toEqual([true, false]);
    clock.set(until);
    await failUntilDelayed();
    const later = (await attempts.delayedUntil(NAME))!;
    expect([await note(until), await note(later), await note(later)]).toEqual([false, true, false]);
  });

  it('lock the name after ten, and only delay it before', async () => {
    for (let failure = 1; failure <= 10; failure++) {
      expect(await attempts.lockedUntil(NAME, null)).toBeUndefined();
      await attempts.begin(NAME, null);
      if (failure === 10) break;
      expect(await attempts.lockedUntil(NAME, null)).toBeUndefined();
      clock.advance(16 * MINUTE);
    }
    const until = new Date(clock.now().getTime() + 30 * MINUTE);
    expect(await attempts.lockedUntil(NAME, null)).toEqual(until);
    expect(await attempts.lockedUntil(NAME, BROWSER)).toBeUndefined();
    const delayed = await attempts.delayedAmong([NAME, 'paul.durand']);
    expect(delayed).toEqual(new Map([[NAME, { until, isLock: true }]]));
    expect(await attempts.delayedAmong(['paul.durand'])).toEqual(new Map());
    expect(await attempts.delayedAmong([])).toEqual(new Map());
    clock.advance(30 * MINUTE);
    expect(await attempts.lockedUntil(NAME, null)).toBeUndefined();
    expect(await attempts.delayedAmong([NAME])).toEqual(new Map());
  });
});
