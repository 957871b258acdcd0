import { Keyring, MINUTE, SECOND } from '@portillon/kernel';
import { concurrently, describeOnEveryEngine, openMigrated, SettableClock } from '@portillon/testing';
import { credentialPersistence } from './credential.persistence';
import { PasswordAttemptEntity } from './password-attempt.repository';
import { AttemptStart, PasswordAttemptService } from './password-attempt.service';
import { credentialServices } from './testing/credential.fixture';

const KEYS = new Keyring([{ id: 'k1', secret: Buffer.alloc(32, 1) }]);
const NAME = 'claire.martin';

describeOnEveryEngine('password attempts at the same time', [credentialPersistence], (bench) => {
  let clock: SettableClock;
  let attempts: PasswordAttemptService;

  beforeEach(async () => {
    clock = new SettableClock();
    attempts = credentialServices(bench.dataSource, clock, KEYS).attempts;
    await bench.empty();
  });

  const allowed = (starts: AttemptStart[]) => starts.filter((one) => one.status === 'allowed').length;
  const count = async () => (await bench.dataSource.query('SELECT consecutive FROM passwordAttempt'))[0];

  it('pass three of sixteen concurrent ones, as consecutive ones would', async () => {
    const { results, errors } = await concurrently(16, () => attempts.begin(NAME, null));
    expect(errors).toEqual([]);
    expect(allowed(results)).toBe(3);
    const retryAt = new Date(clock.now().getTime() + SECOND);
    expect(results.filter((one) => one.status === 'delayed')).toEqual(
      Array(13).fill({ status: 'delayed', retryAt }),
    );
    expect(await count()).toEqual({ consecutive: 3 });
  });

  it('pass one of sixteen concurrent ones at each later step, and the lock holds', async () => {
    await concurrently(16, () => attempts.begin(NAME, null));
    for (let consecutive = 4; consecutive <= 11; consecutive++) {
      const start = await attempts.begin(NAME, null);
      clock.set(start.status === 'delayed' ? start.retryAt : clock.now());
      const { results } = await concurrently(16, () => attempts.begin(NAME, null));
      expect(allowed(results)).toBe(1);
      expect(await count()).toEqual({ consecutive });
    }
    clock.advance(30 * MINUTE - 1);
    expect(allowed((await concurrently(16, () => attempts.begin(NAME, null))).results)).toBe(0);
  });

  it('report a new lock to one of sixteen readers, and the next one too', async () => {
    const looks = async () => {
      const until = await attempts.lockedUntil(NAME, null);
      const look = () =>
        bench.transactions.run((tx) => attempts.recordLock(NAME, null, until ?? clock.now(), tx));
      return (await concurrently(16, look)).results.filter(Boolean).length;
    };
    for (let failure = 1; failure <= 9; failure++) {
      await attempts.begin(NAME, null);
      expect(await attempts.lockedUntil(NAME, null)).toBeUndefined();
      expect(await looks()).toBe(0);
      clock.advance(16 * MINUTE);
    }
    for (const lock of ['the first', 'the next']) {
      await attempts.begin(NAME, null);
      expect([lock, await looks(), await looks()]).toEqual([lock, 1, 0]);
      clock.advance(30 * MINUTE);
    }
  });

  it('never pass more than 25 in a day, on two processes', async () => {
    const second = await openMigrated(bench.url, [credentialPersistence]);
    try {
      const there = credentialServices(second, clock, KEYS).attempts;
      let passed = 0;
      for (let round = 0; round < 40; round++) {
        const { results, errors } = await concurrently(4, (index) =>
          (index % 2 ? there : attempts).begin(NAME, null),
        );
        expect(errors).toEqual([]);
        passed += allowed(results);
        clock.advance(31 * MINUTE);
      }
      expect(passed).toBe(25);
    } finally {
      await second.destroy();
    }
  });

  it('that are cancelled while others fail do not affect the others', async () => {
    for (let round = 0; round < 4; round++) {
      await attempts.begin(NAME, null);
      const refund = () => attempts.refund(NAME, null);
      await Promise.allSettled([refund(), attempts.begin(NAME, null)]);
      await Promise.allSettled([refund()]);
    }
    const { errors } = await concurrently(16, async (index) => {
      const name = `person${index % 4}`;
      if ((await attempts.begin(name, null)).status === 'delayed') return;
      await attempts.refund(name, null);
    });
    expect(errors).toEqual([]);
    const rows = await bench.dataSource.query<{ consecutive: number }[]>(
      'SELECT consecutive FROM passwordAttempt',
    );
    expect(rows.map(({ consecutive }) => consecutive)).toEqual([0, 0, 0, 0, 0]);
  });

  it('of sixteen people on one browser, and of one on sixteen, do not disturb each other', async () => {
    const { results } = await concurrently(32, (index) =>
      index < 16 ? attempts.begin(`person${index}`, 'browser') : attempts.begin(NAME, `browser${index}`),
    );
    expect(allowed(results)).toBe(32);
  });

  it('that succeed remove only themselves while others fail', async () => {
    for (let round = 0; round < 8; round++) {
      await attempts.begin(NAME, null);
      await Promise.all([
        bench.transactions.run((tx) => attempts.succeeded(NAME, null, tx)),
        attempts.begin(NAME, null),
      ]);
      await bench.transactions.run((tx) => attempts.succeeded(NAME, null, tx));
    }
    const [row] = await bench.dataSource.getRepository(PasswordAttemptEntity).find();
    expect(row?.latest).toBe('0'.repeat(325));
  });
});
