import { Test, TestingModule } from '@nestjs/testing';
import type { Client } from '@portillon/http';
import { HOUR, KernelModule, Keyring, SECOND } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { RateLimitModule, rateLimitPersistence } from '@portillon/rate-limit';
import { concurrently, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { IpThrottleService } from './ip-throttle.service';

const keyring = new Keyring([{ id: 'test', secret: Buffer.alloc(32, 1) }]);
const hospital = { addressBlock: '192.0.2.7' } as Client;
const elsewhere = { addressBlock: '198.51.100.0' } as Client;

describeOnEveryEngine('an address block that fails often', [rateLimitPersistence], (bench) => {
  let clock: SettableClock;
  let application: TestingModule;
  let failures: IpThrottleService;

  beforeEach(async () => {
    clock = new SettableClock();
    await bench.dataSource.getRepository('rateLimit').clear();
    application = await Test.createTestingModule({
      imports: [
        KernelModule.forRoot({ keyring, clock }),
        PersistenceModule.forRoot({ url: bench.url, parts: [rateLimitPersistence] }),
        RateLimitModule.forRoot({}),
      ],
      providers: [IpThrottleService],
    }).compile();
    failures = application.get(IpThrottleService);
  });

  afterEach(() => application.close());

  const fail = async (times: number) => {
    for (let time = 0; time < times; time++) await failures.countFailure('password', hospital);
  };
  const turn = () => failures.enforce('password', hospital);
  /** Checks that the next turn comes after this number of seconds, and not earlier. */
  const expectPace = async (seconds: number) => {
    clock.advance(60 * SECOND);
    await turn();
    await expect(turn()).rejects.toMatchObject({
      code: 'attempts.exceeded',
      retryAfterSeconds: seconds,
    });
    clock.advance(seconds * SECOND - 1);
    await expect(turn()).rejects.toMatchObject({ code: 'attempts.exceeded' });
    clock.advance(1);
    await turn();
  };

  it('is left alone up to a hundred in an hour', async () => {
    await fail(99);
    for (let time = 0; time < 10; time++) await turn();
  });

  it('then waits longer and longer between two tries, and is never shut out', async () => {
    await fail(100);
    await expectPace(10);
    await fail(50);
    await expectPace(30);
    await fail(500);
    await expectPace(60);
  });

  it('has one turn, however many ask at once', async () => {
    await fail(100);
    const { results } = await concurrently(16, turn);
    expect(results).toHaveLength(1);
  });

  it('does not delay people with a card', async () => {
    await fail(300);
    for (let time = 0; time < 3; time++) await failures.enforce('card', hospital);
  });

  it('delays no other block, and starts afresh an hour later', async () => {
    await fail(300);
    for (let time = 0; time < 3; time++) await failures.enforce('password', elsewhere);
    clock.advance(HOUR);
    for (let time = 0; time < 3; time++) await turn();
  });
});
