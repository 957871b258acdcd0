import { Test } from '@nestjs/testing';
import { KernelModule, Keyring } from '@portillon/kernel';
import { MigratorService, PersistenceModule } from '@portillon/persistence';
import { RateLimiterService, RateLimitModule, RateLimitOptions, rateLimitPersistence } from '.';
import { onRedis, useRedis } from './testing/every-store';

const once = { limit: { name: 'once', max: 1, windowMs: 60_000 }, key: 'claire' };

async function startApplication(options: RateLimitOptions) {
  const keyring = new Keyring([{ id: 'test', secret: Buffer.alloc(32, 1) }]);
  const application = await Test.createTestingModule({
    imports: [
      KernelModule.forRoot({ keyring }),
      PersistenceModule.forRoot({ url: ':memory:', parts: [rateLimitPersistence] }),
      RateLimitModule.forRoot(options),
    ],
  }).compile();
  await application.init();
  await application.get(MigratorService).migrate();
  return application;
}

it('the module gives a limiter that works', async () => {
  const application = await startApplication({});
  const limiter = application.get(RateLimiterService);
  expect(limiter.usesRedis).toBe(false);
  expect(await limiter.consume(once)).toBeUndefined();
  expect(await limiter.consume(once)).toMatchObject({ limit: once.limit });
  await application.close();
});

onRedis(() => {
  const redis = useRedis();

  it('two applications with one Redis and a database each count together', async () => {
    const applications = [
      await startApplication({ redisUrl: redis.server.url }),
      await startApplication({ redisUrl: redis.server.url }),
    ];
    const [one, other] = applications.map((application) => application.get(RateLimiterService));
    expect(one!.usesRedis).toBe(true);
    expect(await one!.consume(once)).toBeUndefined();
    expect(await other!.consume(once)).toMatchObject({ limit: once.limit });
    await Promise.all(applications.map((application) => application.close()));
  });

  it('an application starts and counts while its Redis is down', async () => {
    await redis.server.kill();
    const application = await startApplication({ redisUrl: redis.server.url });
    expect(await application.get(RateLimiterService).consume(once)).toBeUndefined();
    expect(await application.get(RateLimiterService).consume(once)).toMatchObject({ limit: once.limit });
    await application.close();
  });
});
