import { Test, TestingModule } from '@nestjs/testing';
import type { Account } from '@portillon/account';
import { PasswordAttemptService } from '@portillon/credential';
import { DAY, HOUR, KernelModule, Keyring } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { RateLimitModule, rateLimitPersistence } from '@portillon/rate-limit';
import { describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { ResetLimitService } from './reset-limit.service';
import { claire } from './testing/recovery.fixture';

const keyring = new Keyring([{ id: 'test', secret: Buffer.alloc(32, 1) }]);
const from = (addressBlock: string) => ({ addressBlock });
const [stranger, claireAtHome] = [from('192.0.2.1'), from('198.51.100.1')];

describeOnEveryEngine('the links of one person', [rateLimitPersistence], (engine) => {
  let clock: SettableClock;
  let application: TestingModule;
  let limits: ResetLimitService;
  let lockedUntil: Date | undefined;

  beforeEach(async () => {
    clock = new SettableClock();
    lockedUntil = undefined;
    await engine.dataSource.getRepository('rateLimit').clear();
    application = await Test.createTestingModule({
      imports: [
        KernelModule.forRoot({ keyring, clock }),
        PersistenceModule.forRoot({ url: engine.url, parts: [rateLimitPersistence] }),
        RateLimitModule.forRoot({}),
      ],
      providers: [
        ResetLimitService,
        { provide: PasswordAttemptService, useValue: { lockedUntil: async () => lockedUntil } },
      ],
    }).compile();
    limits = application.get(ResetLimitService);
  });

  afterEach(() => application.close());

  /** Returns the number of these requests that get a link. */
  const linksOf = async (requests: number, client: { addressBlock: string }, account: Account = claire()) => {
    let links = 0;
    for (let request = 0; request < requests; request++)
      links += Number(Boolean(await limits.countLink(account, client)));
    return links;
  };

  it('of a day are not used up from one network, however long a stranger asks there', async () => {
    for (let hour = 0; hour < 6; hour++) {
      await linksOf(10, stranger);
      clock.advance(HOUR);
    }
    expect(await linksOf(1, claireAtHome)).toBe(1);
  });

  it('are three from one network, and six in all, in a day', async () => {
    expect(await linksOf(10, stranger)).toBe(3);
    clock.advance(HOUR);
    expect(await linksOf(10, claireAtHome)).toBe(3);
    clock.advance(HOUR);
    expect(await linksOf(10, from('203.0.113.1'))).toBe(0);
    clock.advance(DAY);
    expect(await linksOf(1, stranger)).toBe(1);
  });

  it('are one more where the password is locked, not for the network that had its share', async () => {
    expect(await linksOf(10, stranger)).toBe(3);
    lockedUntil = clock.now();
    expect(await linksOf(10, stranger)).toBe(0);
    expect(await linksOf(10, claireAtHome)).toBe(1);
  });

  it('that were not written after all count for none', async () => {
    for (let time = 0; time < 10; time++)
      await limits.giveBackLinks((await limits.countLink(claire(), stranger))!);
    expect(await linksOf(10, stranger)).toBe(3);
  });
});
