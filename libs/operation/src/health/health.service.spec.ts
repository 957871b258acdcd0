import { Finding, FindingRegistry } from '@portillon/kernel';
import { HealthService } from './health.service';

const SUBJECTS = 'database prepared redis unreadable journal keys mail sms expiry clock durability'.split(
  ' ',
);
const VALUES = { unreadable: { count: 3 }, journal: { missingKeys: [] }, keys: { missingKeys: [] } };

describe('the readiness of an instance', () => {
  const looks: Record<string, jest.Mock<Promise<Finding>, []>> = {};
  const finds = (subject: string, found: Partial<Finding> & { values?: object }) =>
    looks[subject]!.mockResolvedValue({ state: 'well', text: '', ...found });
  const fails = (subject: string) => looks[subject]!.mockRejectedValue(new Error('ECONNREFUSED'));
  const hangs = (subject: string) => looks[subject]!.mockReturnValue(new Promise(() => undefined));
  let health: HealthService;

  beforeEach(() => {
    const registry = new FindingRegistry();
    for (const subject of SUBJECTS) {
      looks[subject] = jest.fn();
      finds(subject, { values: VALUES[subject as keyof typeof VALUES] });
      registry.register({ subject, find: looks[subject] });
    }
    for (const subject of ['redis', 'sms', 'expiry']) finds(subject, { state: 'off' });
    finds('mail', { latencyMs: 12 });
    health = new HealthService(registry);
  });

  afterEach(() => jest.useRealTimers());

  it('reports each check by its name, with how long it took', async () => {
    const milliseconds = expect.any(Number) as number;
    expect(await health.readiness()).toEqual({
      status: 'ready',
      checks: {
        database: { status: 'up', latencyMs: milliseconds },
        preparedStatements: { status: 'up', latencyMs: milliseconds },
        redis: { status: 'off', latencyMs: null },
        outbox: { status: 'up', latencyMs: milliseconds, unreadable: 3 },
        journal: { status: 'up', latencyMs: milliseconds, missingKeys: [] },
        keys: { status: 'up', latencyMs: milliseconds, missingKeys: [] },
        mail: { status: 'up', latencyMs: 12 },
        sms: { status: 'off', latencyMs: null },
        certificates: { status: 'off', latencyMs: null },
        clock: { status: 'up', latencyMs: milliseconds },
        durability: { status: 'up', latencyMs: milliseconds },
      },
    });
  });

  it.each(['database', 'prepared', 'unreadable'])('ends with %s', async (subject) => {
    fails(subject);
    expect((await health.readiness()).status).toBe('not-ready');
  });

  it('outlives Redis, the relay, the sealing, a certificate, clocks that part and lossy commits, and reports each', async () => {
    for (const subject of ['redis', 'expiry', 'clock']) finds(subject, { state: 'warning' });
    for (const subject of ['mail', 'durability']) finds(subject, { state: 'failing' });
    finds('journal', { state: 'failing', values: { missingKeys: ['k2'] } });
    const { status, checks } = await health.readiness();
    expect(status).toBe('ready');
    for (const name of ['redis', 'mail', 'journal', 'certificates', 'clock', 'durability'] as const)
      expect([name, checks[name].status]).toEqual([name, 'down']);
    expect(checks.journal.missingKeys).toEqual(['k2']);
  });

  it('ends with a clock that cannot be used', async () => {
    finds('clock', { state: 'failing' });
    expect(await health.readiness()).toMatchObject({
      status: 'not-ready',
      checks: { clock: { status: 'down' } },
    });
  });

  it('says what it knew of a relay that hangs, and of each other thing what it finds now', async () => {
    await health.check();
    jest.useFakeTimers();
    hangs('mail');
    finds('unreadable', { values: { count: 6 } });
    const answer = health.readiness();
    await jest.advanceTimersByTimeAsync(50);
    expect(await answer).toMatchObject({
      status: 'ready',
      checks: { mail: { status: 'up', latencyMs: 12 }, outbox: { status: 'up', unreadable: 6 } },
    });
  });

  it('outlives a relay that hangs since before the start', async () => {
    jest.useFakeTimers();
    hangs('mail');
    const answer = health.readiness();
    await jest.advanceTimersByTimeAsync(50);
    expect(await answer).toMatchObject({ status: 'ready', checks: { mail: { status: 'down' } } });
  });

  it('outlives a revocation list that cannot be looked at', async () => {
    fails('expiry');
    expect(await health.readiness()).toMatchObject({
      status: 'ready',
      checks: { certificates: { status: 'down' } },
    });
  });

  it('waits no longer for a database that hangs, and is not ready as long as it never answered', async () => {
    jest.useFakeTimers();
    hangs('database');
    const answer = health.readiness();
    await jest.advanceTimersByTimeAsync(50);
    expect(await answer).toMatchObject({ status: 'not-ready', checks: { database: { status: 'down' } } });
  });

  it('looks once at what hangs, however many probes ask', async () => {
    jest.useFakeTimers();
    hangs('mail');
    const answers = [health.readiness(), health.readiness(), health.readiness()];
    await jest.advanceTimersByTimeAsync(50);
    await Promise.all(answers);
    expect(looks['mail']).toHaveBeenCalledTimes(1);
  });

  it('names the keys that it lacks', async () => {
    finds('keys', { state: 'failing', values: { missingKeys: ['k2', 'k0'] } });
    const { status, checks } = await health.readiness();
    expect([status, checks.keys]).toEqual([
      'ready',
      { status: 'down', latencyMs: null, missingKeys: ['k2', 'k0'] },
    ]);
  });
});
