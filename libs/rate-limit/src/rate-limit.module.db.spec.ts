import { Test } from '@nestjs/testing';
import { KernelModule, Keyring } from '@portillon/kernel';
import { Migrator, PersistenceModule } from '@portillon/persistence';
import { RateLimiter, RateLimitModule, rateLimitPersistence } from './index';

it('the module gives a limiter that works', async () => {
  const keyring = new Keyring([{ id: 'test', secret: Buffer.alloc(32, 1) }]);
  const application = await Test.createTestingModule({
    imports: [
      KernelModule.forRoot({ keyring }),
      PersistenceModule.forRoot({ url: ':memory:', parts: [rateLimitPersistence] }),
      RateLimitModule,
    ],
  }).compile();
  await application.get(Migrator).migrate();
  const once = { limit: { name: 'once', max: 1, windowMs: 60_000 }, key: 'claire' };
  expect(await application.get(RateLimiter).hit([once])).toBeUndefined();
  expect(await application.get(RateLimiter).hit([once])).toMatchObject({ limit: once.limit });
  await application.close();
});
