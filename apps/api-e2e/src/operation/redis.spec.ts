import { ThrowAwayRedis } from '@portillon/testing/servers';
import type { Answer } from '../harness/people/answer.types';
import { readinessOnce } from '../harness/server/readiness';
import type { Server } from '../harness/server/server';
import { Stage } from '../harness/server/stage';

const HANGING_LIMIT_MS = 3_000;
/** Links that one network may ask for in an hour, none of them used. */
const PER_NETWORK = 60;

const onServers =
  process.env['PORTILLON_TEST_MARIADB_PORT'] && ThrowAwayRedis.available() ? describe : describe.skip;

onServers('two servers that count their limits in one Redis', () => {
  let redis: ThrowAwayRedis;
  let stage: Stage;
  let other: Server;

  beforeAll(async () => {
    redis = await ThrowAwayRedis.start();
    stage = new Stage({ engine: 'MariaDB', environment: { REDIS_URL: redis.url } });
    await stage.open();
    other = await stage.anotherServer();
  }, 60_000);

  afterAll(async () => {
    await stage?.close();
    await redis?.kill();
  });

  const readinessWithRedis = async (state: string) => {
    const isSo = ({ body }: Answer) => body.checks.redis.status === state;
    return (await readinessOnce(stage.visitor(), isSo)).body;
  };
  const windowsInDatabase = async () =>
    Number((await stage.database.row<{ n: number }>('SELECT COUNT(*) AS n FROM rateLimit'))!.n);
  const doctor = () => stage.command(['doctor']);

  const askFrom = (address: string, url = stage.server.url) =>
    stage
      .visitor({ 'x-forwarded-for': address })
      .through(url)
      .post('/api/password-resets', { username: 'nobody.asked' });

  it('share the limit of links to one network, in Redis and to a tenth in the database', async () => {
    for (let turn = 0; turn < PER_NETWORK; turn++)
      await askFrom('203.0.113.7', turn % 2 ? other.url : undefined);
    for (const url of [stage.server.url, other.url]) {
      const refused = await askFrom('203.0.113.7', url);
      expect(refused.outcome).toBe('429 attempts.exceeded');
      expect(refused.headers['retry-after']).toBe(String(refused.body.retryAfterSeconds));
    }
    expect(await windowsInDatabase()).toBe(1);
  });

  it('name it where an operator looks', async () => {
    expect(await readinessWithRedis('up')).toMatchObject({
      status: 'ready',
      checks: { redis: { latencyMs: expect.any(Number) } },
    });
    expect((await doctor()).output).toMatch(/^ok\s+redis\s+answers in/m);
  });

  it('let people in and hold every limit while it hangs', async () => {
    await redis.freeze();
    try {
      const claire = await stage.person();
      const first = await claire.givePassword(stage.visitor());
      expect(first.outcome).toBe('200');
      expect(first.milliseconds).toBeLessThan(HANGING_LIMIT_MS);
      for (let turn = 0; turn < PER_NETWORK; turn++) await askFrom('203.0.113.8');
      expect((await askFrom('203.0.113.8')).outcome).toBe('429 attempts.exceeded');
      expect(await windowsInDatabase()).toBeGreaterThan(0);
    } finally {
      redis.thaw();
    }
  });

  it('let people in while it is gone, warn the operator, and start without it', async () => {
    await redis.kill();
    const claire = await stage.person();
    await claire.signIn(stage.visitor());
    expect(await readinessWithRedis('down')).toMatchObject({ status: 'ready' });
    const told = await doctor();
    expect([told.code, told.output]).toEqual([
      1,
      expect.stringMatching(
        /^FAIL\s+redis\s+does not answer: check REDIS_URL: nothing listens.*the database counts/m,
      ),
    ]);
    const third = await stage.anotherServer();
    expect((await claire.givePassword(stage.visitor().through(third.url))).outcome).toBe('200');
    await redis.restart();
  });
});
