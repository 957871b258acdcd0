import { Test } from '@nestjs/testing';
import { TerminusModule } from '@nestjs/terminus';
import { PhoneSealService } from '@portillon/account';
import { AuditSealService } from '@portillon/audit';
import { Clock, shift } from '@portillon/kernel';
import { KeyAnnouncementService, KeyConflict } from '@portillon/key-rotation';
import { ChannelHealthService, DispatcherService, NoticeService } from '@portillon/notification';
import { DatabaseHealthService } from '@portillon/persistence';
import { RateLimiterService } from '@portillon/rate-limit';
import { SettableClock } from '@portillon/testing';
import { ChannelHealthIndicator } from './channel.health';
import { ClockSkewService } from './clock-skew.service';
import { DatabaseHealthIndicator } from './database.health';
import { ExpiryService } from './expiry.service';
import type { Expiry } from './expiry.types';
import { HealthService } from './health.service';
import { JournalHealthIndicator } from './journal.health';
import { KeysHealthIndicator } from './keys.health';
import { RedisHealthIndicator } from './redis.health';
import { TimeHealthIndicator } from './time.health';

describe('the readiness of an instance', () => {
  const clock = new SettableClock();
  const fails = () => Promise.reject(new Error('ECONNREFUSED'));
  const database = { check: jest.fn(), checkPreparedStatements: jest.fn(), time: jest.fn() };
  const limiter = { usesRedis: false, pingRedis: jest.fn() };
  const seals = { state: jest.fn() };
  const announcements = { conflict: jest.fn<Promise<KeyConflict | undefined>, []>() };
  const phones = { missingKeys: [] as string[] };
  const channels = { health: jest.fn() };
  const dispatcher = { outboxHealth: jest.fn() };
  const expiries = { all: jest.fn<Promise<Expiry[]>, []>(), isDue: ({ at }: Expiry) => at === null };
  let health: HealthService;

  beforeEach(async () => {
    database.check.mockResolvedValue(undefined);
    database.checkPreparedStatements.mockResolvedValue(undefined);
    database.time.mockResolvedValue(clock.now());
    limiter.usesRedis = false;
    seals.state.mockResolvedValue({ waitingMs: 0, missingKeys: [] });
    dispatcher.outboxHealth.mockResolvedValue({ unreadable: 2 });
    channels.health.mockResolvedValue([{ channel: 'EMAIL', status: 'up', latencyMs: 12, providers: [] }]);
    expiries.all.mockResolvedValue([]);
    announcements.conflict.mockResolvedValue(undefined);
    phones.missingKeys = [];
    const module = await Test.createTestingModule({
      imports: [TerminusModule.forRoot({ logger: false })],
      providers: [
        ChannelHealthIndicator,
        ClockSkewService,
        DatabaseHealthIndicator,
        HealthService,
        JournalHealthIndicator,
        KeysHealthIndicator,
        RedisHealthIndicator,
        TimeHealthIndicator,
        { provide: Clock, useValue: clock },
        { provide: DatabaseHealthService, useValue: database },
        { provide: RateLimiterService, useValue: limiter },
        { provide: AuditSealService, useValue: seals },
        { provide: ChannelHealthService, useValue: channels },
        { provide: DispatcherService, useValue: dispatcher },
        { provide: NoticeService, useValue: { unreadable: () => Promise.resolve(1) } },
        { provide: KeyAnnouncementService, useValue: announcements },
        { provide: PhoneSealService, useValue: phones },
        { provide: ExpiryService, useValue: expiries },
      ],
    }).compile();
    health = module.get(HealthService);
  });

  afterEach(() => jest.useRealTimers());

  it('tells each thing by its name, with how long it took', async () => {
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
      },
    });
  });

  it.each<[string, () => void]>([
    ['the database', () => database.check.mockImplementation(fails)],
    ['prepared statements', () => database.checkPreparedStatements.mockImplementation(fails)],
    ['the outbox', () => dispatcher.outboxHealth.mockImplementation(fails)],
  ])('ends with %s', async (_, happens) => {
    happens();
    expect((await health.readiness()).status).toBe('not-ready');
  });

  it('outlives Redis, the relay, the sealing, a certificate and clocks that part, and tells each', async () => {
    limiter.usesRedis = true;
    limiter.pingRedis.mockImplementation(fails);
    channels.health.mockResolvedValue([{ channel: 'EMAIL', status: 'down', latencyMs: null, providers: [] }]);
    seals.state.mockResolvedValue({ waitingMs: 0, missingKeys: ['k2'] });
    expiries.all.mockResolvedValue([{ setting: 'TLS_CERT_FILE', subject: 'x', at: null, marginMs: 0 }]);
    database.time.mockResolvedValue(new Date(clock.now().getTime() - 1_001));
    const { status, checks } = await health.readiness();
    expect(status).toBe('ready');
    for (const name of ['redis', 'mail', 'journal', 'certificates', 'clock'] as const)
      expect([name, checks[name].status]).toEqual([name, 'down']);
    expect(checks.journal.missingKeys).toEqual(['k2']);
  });

  it.each([
    ['ends with a clock that is more than 5 s ahead of the database’s', 5_001, 'not-ready'],
    ['ends with one that is more than 5 s behind', -5_001, 'not-ready'],
    ['outlives one that is 5 s ahead', 5_000, 'ready'],
  ])('%s', async (_, ahead, status) => {
    database.time.mockResolvedValue(shift(clock.now(), -ahead));
    expect(await health.readiness()).toMatchObject({ status, checks: { clock: { status: 'down' } } });
  });

  it('says what it knew of a relay that hangs, and of each other thing what it finds now', async () => {
    await health.examine();
    jest.useFakeTimers();
    channels.health.mockReturnValue(new Promise(() => undefined));
    dispatcher.outboxHealth.mockResolvedValue({ unreadable: 5 });
    const answer = health.readiness();
    await jest.advanceTimersByTimeAsync(50);
    expect(await answer).toMatchObject({
      status: 'ready',
      checks: { mail: { status: 'up', latencyMs: 12 }, outbox: { status: 'up', unreadable: 6 } },
    });
  });

  it('outlives a relay that hangs since before the start', async () => {
    jest.useFakeTimers();
    channels.health.mockReturnValue(new Promise(() => undefined));
    const answer = health.readiness();
    await jest.advanceTimersByTimeAsync(50);
    expect(await answer).toMatchObject({ status: 'ready', checks: { mail: { status: 'down' } } });
  });

  it('outlives a revocation list that cannot be looked at', async () => {
    expiries.all.mockImplementation(() => Promise.reject(new Error('EIO')));
    expect(await health.readiness()).toMatchObject({
      status: 'ready',
      checks: { certificates: { status: 'down' } },
    });
  });

  it('waits no longer for a database that hangs, and is not ready as long as it never answered', async () => {
    jest.useFakeTimers();
    database.check.mockReturnValue(new Promise(() => undefined));
    const answer = health.readiness();
    await jest.advanceTimersByTimeAsync(50);
    expect(await answer).toMatchObject({ status: 'not-ready', checks: { database: { status: 'down' } } });
  });

  it('looks once at what hangs, however many probes ask', async () => {
    jest.useFakeTimers();
    channels.health.mockClear().mockReturnValue(new Promise(() => undefined));
    const answers = [health.readiness(), health.readiness(), health.readiness()];
    await jest.advanceTimersByTimeAsync(50);
    await Promise.all(answers);
    // One for mail, one for SMS.
    expect(channels.health).toHaveBeenCalledTimes(2);
  });

  it('names the keys that it lacks, of another instance and of the mobile numbers it met', async () => {
    const instance = { name: 'other:3002', keyIds: ['k2', 'k1'], announcedAt: clock.now() };
    announcements.conflict.mockResolvedValue({ kind: 'lacking', keyId: 'k2', instance });
    phones.missingKeys = ['k0'];
    const { status, checks } = await health.readiness();
    expect([status, checks.keys]).toEqual([
      'ready',
      { status: 'down', latencyMs: null, missingKeys: ['k2', 'k0'] },
    ]);
  });
});
