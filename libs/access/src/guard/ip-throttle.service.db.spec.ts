import { Test, TestingModule } from '@nestjs/testing';
import type { Client } from '@portillon/http';
import { HOUR, KernelModule, Keyring, SECOND } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { RateLimitModule, rateLimitPersistence } from '@portillon/rate-limit';
import { StructureService } from '@portillon/structure';
import { concurrently, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { IpThrottleService } from './ip-throttle.service';

const keyring = new Keyring([{ id: 'test', secret: Buffer.alloc(32, 1) }]);
const hospital = { addressBlock: '192.0.2.7' } as Client;
const elsewhere = { addressBlock: '198.51.100.0' } as Client;

describeOnEveryEngine('an address block that fails often', [rateLimitPersistence], (engine) => {
  let clock: SettableClock;
  let application: TestingModule;
  let failures: IpThrottleService;
  let isListed: boolean;

  beforeEach(async () => {
    clock = new SettableClock();
    isListed = false;
    await engine.dataSource.getRepository('rateLimit').clear();
    application = await Test.createTestingModule({
      imports: [
        KernelModule.forRoot({ keyring, clock }),
        PersistenceModule.forRoot({ url: engine.url, parts: [rateLimitPersistence] }),
        RateLimitModule.forRoot({}),
      ],
      providers: [
        IpThrottleService,
        { provide: StructureService, useValue: { at: async () => (isListed ? [{}] : []) } },
      ],
    }).compile();
    failures = application.get(IpThrottleService);
  });

  afterEach(() => application.close());

  const fail = async (times: number) => {
    for (let time = 0; time < times; time++) await failures.countFailure('password', hospital);
  };
  const turn = () => failures.enforce('password', hospital);
  const open = async (times: number) => {
    const { results } = await concurrently(times, turn);
    return results.length;
  };

  it('is left alone up to a hundred in an hour', async () => {
    await fail(99);
    expect(await open(40)).toBe(40);
  });

  it('then has thirty turns in ten seconds, however many ask at once and however often it failed', async () => {
    for (const times of [100, 500]) {
      await fail(times);
      clock.advance(10 * SECOND);
      expect(await open(45)).toBe(30);
      clock.advance(10 * SECOND - 1);
      await expect(turn()).rejects.toMatchObject({ code: 'attempts.exceeded', retryAfterSeconds: 1 });
      clock.advance(1);
      await turn();
    }
  });

  it('gives none to a requester that waits anyway', async () => {
    await fail(100);
    const waiting = () => failures.takeTurn('password', hospital, new Date(clock.now().getTime() + SECOND));
    for (let time = 0; time < 40; time++)
      await expect(waiting()).rejects.toMatchObject({ code: 'attempts.exceeded', retryAfterSeconds: 1 });
    expect(await open(40)).toBe(30);
  });

  it('passes on a turn that guessed nothing', async () => {
    await fail(100);
    for (let time = 0; time < 40; time++)
      await failures.giveBack(await failures.takeTurn('password', hospital));
  });

  it('has ten times as many failures and turns where a structure listed its address', async () => {
    isListed = true;
    await fail(999);
    expect(await open(40)).toBe(40);
    await fail(1);
    expect(await open(350)).toBe(300);
  });

  it('is refused the thirty-first bad link of an hour, and all further ones', async () => {
    const link = () => failures.countBadLink(hospital);
    expect((await concurrently(45, link)).results).toHaveLength(30);
    clock.advance(HOUR - 1);
    await expect(link()).rejects.toMatchObject({ code: 'attempts.exceeded', retryAfterSeconds: 1 });
    clock.advance(1);
    await link();
  });

  it('counts bad links apart from passwords', async () => {
    for (let time = 0; time < 108; time++) await failures.countBadLink(hospital).catch(() => undefined);
    expect(await open(40)).toBe(40);
  });

  it('does not delay people with a card', async () => {
    await fail(300);
    for (let time = 0; time < 40; time++) await failures.enforce('card', hospital);
  });

  it('delays no other block, and starts afresh an hour later', async () => {
    await fail(300);
    for (let time = 0; time < 40; time++) await failures.enforce('password', elsewhere);
    clock.advance(HOUR);
    expect(await open(40)).toBe(40);
  });
});
