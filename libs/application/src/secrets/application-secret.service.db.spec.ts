import { DAY, issueToken, MINUTE, SystemRandom } from '@portillon/kernel';
import { concurrently, describeOnEveryEngine, SettableClock, statementsOf } from '@portillon/testing';
import { applicationPersistence } from '../application.persistence';
import { applicationServices } from '../testing/application.fixture';
import { ApplicationSecretEntity } from './application-secret.repository';
import type { ApplicationSecretService } from './application-secret.service';

describeOnEveryEngine('the secrets of an application', [applicationPersistence], (fixture) => {
  let clock: SettableClock;
  let secrets: ApplicationSecretService;

  beforeEach(async () => {
    clock = new SettableClock();
    secrets = applicationServices(fixture.dataSource, clock).secrets;
    await fixture.empty();
  });

  const tryToIssue = (applicationId = 'app', expiresAt: Date | null = null) =>
    fixture.transactions.run((tx) => secrets.issue(applicationId, expiresAt, tx));

  async function issued(applicationId = 'app', expiresAt: Date | null = null) {
    const made = await tryToIssue(applicationId, expiresAt);
    if (made.status !== 'issued') throw new Error(made.status);
    return made;
  }

  async function matches(applicationId: string, value: string) {
    const own = await fixture.dataSource.getRepository(ApplicationSecretEntity).findBy({ applicationId });
    return secrets.matches(own, value);
  }

  it('are of 256 bits that are stored nowhere', async () => {
    const { value } = await issued();
    const secret = value.split('.')[1]!;
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    expect(JSON.stringify(await fixture.dataSource.query('SELECT * FROM applicationSecret'))).not.toContain(
      secret,
    );
    expect(JSON.stringify(await secrets.list('app'))).not.toContain(secret);
  });

  it('are valid for their own application only', async () => {
    const { value } = await issued();
    expect(await matches('app', value)).toBe(true);
    expect(await matches('another', value)).toBe(false);
  });

  it('imported from elsewhere are kept beside the present one, once, and never as a third', async () => {
    const random = new SystemRandom(clock);
    const [given, other] = [issueToken(random).value, issueToken(random).value];
    const adopt = (value: string) => fixture.transactions.run((tx) => secrets.adopt('app', value, tx));
    const { value } = await issued();
    expect([await adopt(given), await adopt(given), await adopt(other)]).toEqual([
      'adopted',
      'known',
      'two-live',
    ]);
    expect([await matches('app', given), await matches('app', value)]).toEqual([true, true]);
    const twin = fixture.transactions.run((tx) => secrets.adopt('another', given, tx));
    expect(await twin).toBe('taken');
    const forged = `${given.split('.')[0]}.${other.split('.')[1]}`;
    expect([await adopt(forged), await adopt('hunter2')]).toEqual(['malformed', 'malformed']);
  });

  it('are not valid when guessed, shortened or lengthened', async () => {
    const { value } = await issued();
    const [id] = value.split('.');
    for (const text of [
      '',
      id!,
      `${id}.`,
      `${id}.${'A'.repeat(43)}`,
      `${value} `,
      `${value}\n`,
      value.slice(0, -1),
      "' OR 1=1 --",
    ])
      expect(await matches('app', text)).toBe(false);
  });

  it('are two at a time, both valid; a third is refused until one is ended', async () => {
    const [first, second] = [await issued(), await issued()];
    expect(await tryToIssue()).toEqual({ status: 'two-live' });
    expect(await matches('app', first.value)).toBe(true);
    expect(await matches('app', second.value)).toBe(true);
    await fixture.transactions.run((tx) => secrets.end('app', first.secret.id, tx));
    expect(await matches('app', first.value)).toBe(false);
    await issued();
    expect(await secrets.list('app')).toHaveLength(2);
  });

  it('are two, however many are requested concurrently', async () => {
    const { results, errors } = await concurrently(16, () => tryToIssue());
    expect(errors).toEqual([]);
    expect(results.filter(({ status }) => status === 'issued')).toHaveLength(2);
    expect(await secrets.list('app')).toHaveLength(2);
  });

  it('are ended for their own application only, and once', async () => {
    const { secret, value } = await issued();
    const end = (applicationId: string) =>
      fixture.transactions.run((tx) => secrets.end(applicationId, secret.id, tx));
    expect(await end('another')).toBe(false);
    expect(await matches('app', value)).toBe(true);
    expect([await end('app'), await end('app')]).toEqual([true, false]);
  });

  it('expire, free their place, and are not revived by a clock that steps back', async () => {
    const { value } = await issued('app', new Date(clock.now().getTime() + DAY));
    await issued();
    clock.advance(DAY - 1);
    expect(await matches('app', value)).toBe(true);
    clock.advance(1);
    expect(await matches('app', value)).toBe(false);
    expect(await secrets.list('app')).toHaveLength(1);
    clock.advance(-DAY);
    expect(await matches('app', value)).toBe(false);
    expect((await tryToIssue()).status).toBe('issued');
  });

  it('free their place when they expire, even unused', async () => {
    await issued('app', new Date(clock.now().getTime() + DAY));
    await issued();
    clock.advance(DAY);
    expect((await tryToIssue()).status).toBe('issued');
  });

  it('record their last use to the minute', async () => {
    const { value } = await issued();
    const start = clock.now();
    const lastUsedAt = async () => {
      await matches('app', value);
      return (await secrets.list('app'))[0]!.lastUsedAt;
    };
    expect((await secrets.list('app'))[0]!.lastUsedAt).toBeNull();
    expect(await lastUsedAt()).toEqual(start);
    clock.advance(MINUTE);
    expect(await lastUsedAt()).toEqual(start);
    clock.advance(1);
    expect(await lastUsedAt()).toEqual(clock.now());
  });

  it('cause no write while their last use is up to date', async () => {
    const { value } = await issued();
    await matches('app', value);
    clock.advance(MINUTE);
    const asked = await statementsOf(fixture.dataSource, () => matches('app', value));
    expect(asked.map((text) => text.split(' ')[0])).toEqual(['SELECT']);
  });

  it('are deleted once they expired', async () => {
    await issued('app', new Date(clock.now().getTime() + DAY));
    await issued();
    expect(await secrets.purge(10)).toBe(0);
    clock.advance(DAY + 1);
    expect([await secrets.purge(10), await secrets.purge(10)]).toEqual([1, 0]);
  });
});
