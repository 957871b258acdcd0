import { Test, TestingModule } from '@nestjs/testing';
import { IpThrottleService, SignInPolicy } from '@portillon/access';
import { AccountService, SignInAccount } from '@portillon/account';
import { AuditService } from '@portillon/audit';
import { CredentialModule, credentialPersistence, PasswordHashingService } from '@portillon/credential';
import type { Client } from '@portillon/http';
import { AppError, HOUR, KernelModule, Keyring, MINUTE, SECOND, addMilliseconds } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { RateLimitModule, rateLimitPersistence } from '@portillon/rate-limit';
import { StructureService } from '@portillon/structure';
import { describeOnEveryEngine, SettableClock, ThrowAwayRedis } from '@portillon/testing';
import { BrowserRecognitionService } from '../session/browser-recognition.service';
import { NEEDS_CODE, refusedFor } from '../testing/sign-in.fixture';
import { LockNoticeService } from './lock-notice.service';
import { PasswordCheckService } from './password-check.service';

const PARTS = [rateLimitPersistence, credentialPersistence];
const keyring = new Keyring([{ id: 'test', secret: Buffer.alloc(32, 1) }]);
const hospital = { address: '192.0.2.7', addressBlock: '192.0.2.7' } as Client;
/** They sign in within the same minute, each in an unknown browser and with the right password. */
const COLLEAGUES = 70;
const ATTACK_MS = 2 * MINUTE;
const PER_SECOND = 17;
const BOUND = 100;
/** A turn comes every ten seconds, and `Retry-After` has whole seconds. */
const FEW_SECONDS = 11 * SECOND;

const isColleague = (name: string) => name.startsWith('colleague-');

for (const store of ['the database', 'Redis'] as const) {
  const onStore = store === 'the database' || ThrowAwayRedis.available() ? describe : describe.skip;
  onStore('', () => crowdOn(store));
}

function crowdOn(store: 'the database' | 'Redis') {
  describeOnEveryEngine(`70 colleagues and an attacker behind one address, in ${store}`, PARTS, (engine) => {
    let redis: ThrowAwayRedis | undefined;
    let clock: SettableClock;
    let application: TestingModule;
    let isListed: boolean;
    let runs = 0;

    beforeAll(async () => {
      if (store === 'Redis') redis = await ThrowAwayRedis.start();
    });
    afterAll(() => redis?.kill());

    beforeEach(async () => {
      clock = new SettableClock();
      isListed = false;
      await engine.empty();
      // The windows of the test before stay in Redis: they are over.
      clock.advance(++runs * 2 * HOUR);
      application = await Test.createTestingModule({
        imports: [
          KernelModule.forRoot({ keyring, clock }),
          PersistenceModule.forRoot({ url: engine.url, parts: PARTS }),
          RateLimitModule.forRoot({ redisUrl: redis?.url }),
          CredentialModule.forRoot({}),
        ],
        providers: [
          PasswordCheckService,
          IpThrottleService,
          { provide: StructureService, useValue: { at: async () => (isListed ? [{}] : []) } },
          {
            provide: AccountService,
            useValue: {
              findForSignIn: async (name: string) => accountOf(name),
              hasMovedPassword: async () => false,
            },
          },
          { provide: BrowserRecognitionService, useValue: { recognise: unknown, acceptedAt: unknown } },
          {
            provide: SignInPolicy,
            useValue: { judge: (owner?: SignInAccount) => (owner ? NEEDS_CODE : refusedFor('unknown')) },
          },
          { provide: LockNoticeService, useValue: { check: () => undefined } },
          { provide: AuditService, useValue: { record: async () => undefined } },
        ],
      })
        .overrideProvider(PasswordHashingService)
        .useValue({
          verify: async (digest: string | null, password: string) =>
            digest !== null && password === 'right password',
          needsRehash: () => false,
        })
        .compile();
      await application.init();
    });
    afterEach(() => application.close());

    /** The seconds that the server asks the caller to wait, 0 when it answered. */
    const trySignIn = async (username: string, password: string) => {
      const request = { username, password, client: hospital, browserCookie: undefined };
      try {
        await application.get(PasswordCheckService).check(request);
        return 0;
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        if (error.code === 'credentials.rejected') return 0;
        return error.retryAfterSeconds!;
      }
    };
    const fail = async (times: number) => {
      for (let time = 0; time < times; time++)
        await application.get(IpThrottleService).countFailure('password', hospital);
    };

    /** Runs the attack, and returns the longest wait of a colleague, in milliseconds; Infinity: one never came in. */
    const longestWait = async (nameOfAttack: (turn: number) => string) => {
      const start = clock.now().getTime();
      const waits: number[] = [];
      const events = Array.from({ length: COLLEAGUES }, (_, index) => {
        const arrives = 5_000 + index * 857;
        return { at: arrives, arrives, name: `colleague-${index}` };
      });
      let attacks = 0;
      while (waits.length < COLLEAGUES && events.length > 0) {
        const next = events.reduce((soonest, one) => (one.at < soonest.at ? one : soonest));
        const attackAt = (attacks * 1_000) / PER_SECOND;
        if (attackAt > ATTACK_MS) return Infinity;
        clock.set(new Date(start + Math.min(attackAt, next.at)));
        if (attackAt <= next.at) await trySignIn(nameOfAttack(attacks++), 'guess');
        else {
          const seconds = await trySignIn(next.name, 'right password');
          if (seconds === 0) waits.push(next.at - next.arrives);
          if (seconds === 0) events.splice(events.indexOf(next), 1);
          else next.at += seconds * SECOND + 40;
        }
      }
      return Math.max(...waits);
    };

    it.each<[string, (turn: number) => string]>([
      ['repeats one name', () => 'mallory'],
      ['tries forty names', (turn) => `victim-${turn % 40}`],
      ['never tries a name twice', (turn) => `made-up-${turn}`],
    ])(
      'are delayed by a few seconds when the attacker %s, 17 times a second',
      async (_, nameOfAttack) => {
        await fail(BOUND);
        expect(await longestWait(nameOfAttack)).toBeLessThan(FEW_SECONDS);
      },
      120_000,
    );

    it('are not delayed by each other: a right password uses up no turn', async () => {
      await fail(BOUND);
      for (let index = 0; index < COLLEAGUES; index++)
        expect(await trySignIn(`colleague-${index}`, 'right password')).toBe(0);
    });

    it('are not delayed at all at an address that a structure listed', async () => {
      isListed = true;
      await fail(10 * BOUND);
      expect(await longestWait((turn) => `made-up-${turn}`)).toBe(0);
    }, 120_000);

    it('wait for an answer that does not depend on whether a name has an account', async () => {
      await fail(BOUND);
      const answers = async (name: string) => {
        const seconds = [];
        for (let turn = 0; turn < 6; turn++) seconds.push(await trySignIn(name, 'guess'));
        return seconds;
      };
      expect(await answers('colleague-1')).toEqual(await answers('nobody'));
    });

    it('leave the attacker thirty guesses in ten seconds, however many are sent at once', async () => {
      await fail(BOUND);
      const seconds = await Promise.all(
        Array.from({ length: 90 }, (_, index) => trySignIn(`made-up-${index}`, 'guess')),
      );
      expect(seconds.filter((wait) => wait === 0)).toHaveLength(30);
      clock.set(addMilliseconds(clock.now(), 10 * SECOND));
      expect(await trySignIn('made-up-90', 'guess')).toBe(0);
    });
  });
}

const unknown = async () => undefined;

function accountOf(username: string): SignInAccount | undefined {
  if (!isColleague(username)) return undefined;
  return { id: username, username, status: 'ACTIVE', passwordDigest: 'digest' } as SignInAccount;
}
