import { DAY } from '@portillon/kernel';
import { concurrently, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { applicationPersistence } from '../application.persistence';
import { applicationServices } from '../testing/application.fixture';
import type { ApplicationRefusals } from './application-refusals.service';

describeOnEveryEngine('the refusals of an application', [applicationPersistence], (fixture) => {
  let clock: SettableClock;
  let refusals: ApplicationRefusals;

  beforeEach(async () => {
    clock = new SettableClock();
    refusals = applicationServices(fixture.dataSource, clock).refusals;
    await fixture.empty();
  });

  it('are listed for that application, latest first, equal ones counted', async () => {
    const start = clock.now();
    await refusals.record('app', 'redirect-uri.unregistered', 'https://a.example/cb');
    await refusals.record('another', 'access-denied', '');
    clock.advance(1_000);
    await refusals.record('app', 'redirect-uri.unregistered', 'https://b.example/cb');
    clock.advance(1_000);
    await refusals.record('app', 'redirect-uri.unregistered', 'https://a.example/cb');
    expect(await refusals.latest('app')).toMatchObject([
      { detail: 'https://a.example/cb', times: 2, firstAt: start, lastAt: clock.now() },
      { detail: 'https://b.example/cb', times: 1 },
    ]);
  });

  it('are all counted when they arrive concurrently', async () => {
    const { errors } = await concurrently(16, () => refusals.record('app', 'access-denied', 'x'));
    expect(errors).toEqual([]);
    expect(await refusals.latest('app')).toMatchObject([{ times: 16 }]);
  });

  it('are limited to fifty, whatever an attacker sends', async () => {
    for (let index = 0; index < 60; index++) {
      clock.advance(1);
      await refusals.record('app', 'redirect-uri.unregistered', `https://attacker.example/${index}`);
    }
    const rows = await fixture.dataSource.query<unknown[]>('SELECT * FROM applicationRefusal');
    expect(rows).toHaveLength(50);
    expect((await refusals.latest('app'))[0]!.detail).toBe('https://attacker.example/59');
  });

  it("are shortened to one line of the column's length", async () => {
    await refusals.record('app', 'c'.repeat(80), `a\nb\u202e${'😀'.repeat(1_200)}`);
    const { code, detail } = (await refusals.latest('app'))[0]!;
    expect([code.length, [...detail].length, detail.slice(0, 4)]).toEqual([64, 1_000, 'a b ']);
  });

  it('are deleted after 30 days without another', async () => {
    await refusals.record('app', 'access-denied', 'x');
    clock.advance(30 * DAY);
    expect(await refusals.purge(10)).toBe(0);
    clock.advance(1);
    expect([await refusals.purge(10), await refusals.purge(10)]).toEqual([1, 0]);
  });
});
