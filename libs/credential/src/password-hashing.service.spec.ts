import { AppError, MetricsRegistry, SystemClock, SystemRandom } from '@portillon/kernel';
import { concurrently, turnsUntil } from '@portillon/testing';
import { PasswordOptions, passwordOptions } from './credential.options';
import { PasswordHashingService } from './password-hashing.service';

// The threads give way to whatever else the machine does: on a busy one, sixty hashes take long.
jest.setTimeout(60_000);

const PHRASE = 'Le cheval bleu mange 3 pommes';
const OTHER = 'Le cheval bleu mange 4 pommes';
const opened: PasswordHashingService[] = [];

function open(
  options: Partial<PasswordOptions> = {},
  registry = new MetricsRegistry(),
): PasswordHashingService {
  const passwords = new PasswordHashingService(
    passwordOptions({ threads: 1, ...options }),
    new SystemRandom(new SystemClock()),
    registry,
  );
  opened.push(passwords);
  return passwords;
}

afterAll(() => Promise.all(opened.map((passwords) => passwords.onApplicationShutdown())));

describe('a password', () => {
  const passwords = open();
  let digest: string;

  beforeAll(async () => {
    digest = await passwords.hash(PHRASE);
  });

  it('is stored as an Argon2id digest in the PHC format, with a separate salt', async () => {
    expect(digest).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(await passwords.hash(PHRASE)).not.toBe(digest);
  });

  it('counts the waiting passwords in the metrics', async () => {
    const registry = new MetricsRegistry();
    await open({}, registry).hash(PHRASE);
    expect(await registry.metrics()).toContain('portillon_hash_wait_seconds_count 1');
  });

  it('is recognised, and no other one is', async () => {
    expect(await passwords.verify(digest, PHRASE)).toBe(true);
    for (const wrong of [OTHER, PHRASE.toLowerCase(), `${PHRASE} `, `${PHRASE}\0`, '']) {
      expect(await passwords.verify(digest, wrong)).toBe(false);
    }
  });

  it('is the same for both spellings of its accents', async () => {
    const typedOnMac = 'Été à la forêt'.normalize('NFD');
    const kept = await passwords.hash('Été à la forêt'.normalize('NFC'));
    expect(await passwords.verify(kept, typedOnMac)).toBe(true);
    expect(await passwords.verify(await passwords.hash(typedOnMac), 'Été à la forêt'.normalize('NFC'))).toBe(
      true,
    );
  });

  it('of 128 characters counts completely', async () => {
    const long = '🦊'.repeat(127);
    const kept = await passwords.hash(`${long}a`);
    expect(await passwords.verify(kept, `${long}a`)).toBe(true);
    expect(await passwords.verify(kept, `${long}b`)).toBe(false);
  });

  it('that is too long is refused before it is hashed', async () => {
    const closed = open();
    await closed.onApplicationShutdown();
    await expect(closed.verify(digest, PHRASE)).rejects.toMatchObject({ code: 'service.busy' });
    for (const long of ['a'.repeat(129), 'é'.normalize('NFD').repeat(500_000)])
      expect(await closed.verify(digest, long)).toBe(false);
    await expect(closed.hash('a'.repeat(129))).rejects.toMatchObject({
      code: 'password.weak',
      data: { reasons: ['too-long'] },
    });
  });

  it.each([
    ['nobody', null],
    ['nothing', undefined],
    ['an empty text', ''],
    ['a text that is no digest', 'argon2id'],
    ['a digest cut short', '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$aGFzaA'],
    ['another algorithm', '$2b$10$abcdefghijklmnopqrstuuJ8hC1mGm3m9pQ7vQ1o0m0m0m0m0m0m0'],
  ])('of %s is never right', async (_, kept) => {
    expect(await passwords.verify(kept, PHRASE)).toBe(false);
  });

  it('takes the same time whether or not the account exists', async () => {
    const costs = { known: [] as number[], unknown: [] as number[] };
    // Of the processor, whose time a busy machine does not stretch.
    const counted = async (list: number[], kept: string | null) => {
      const before = process.cpuUsage();
      await passwords.verify(kept, OTHER);
      const { user, system } = process.cpuUsage(before);
      list.push(user + system);
    };
    for (let round = 0; round < 41; round++) {
      await counted(costs.known, digest);
      await counted(costs.unknown, null);
    }
    const ratio = median(costs.unknown) / median(costs.known);
    expect(ratio).toBeGreaterThan(0.7);
    expect(ratio).toBeLessThan(1.4);
  });
});

describe('a digest', () => {
  it('is renewed only when the parameters have risen', async () => {
    const [weaker, stronger, slower] = [open(), open({ memory: 24_576 }), open({ passes: 3 })];
    const digest = await weaker.hash(PHRASE);
    expect([weaker, stronger, slower].map((one) => one.needsRehash(digest))).toEqual([false, true, true]);
    const strong = await stronger.hash(PHRASE);
    expect(weaker.needsRehash(strong)).toBe(false);
    expect(await weaker.verify(strong, PHRASE)).toBe(true);
    expect(weaker.needsRehash('$2b$10$abcdefghijklmnopqrstuu')).toBe(true);
  });
});

describe('a flood of sign-ins', () => {
  it('is refused at once when the queue is full, and accepted work is answered', async () => {
    const passwords = open({ queue: 3 });
    const { results, errors } = await concurrently(16, () => passwords.verify(null, PHRASE));
    expect(results).toEqual([false, false, false, false]);
    expect(errors).toHaveLength(12);
    expect(errors[0]).toBeInstanceOf(AppError);
    expect(errors[0]).toMatchObject({ code: 'service.busy', retryAfterSeconds: 2 });
    expect(await passwords.verify(null, PHRASE)).toBe(false);
  });

  it('leaves the event loop free for other requests', async () => {
    const passwords = open({ threads: 2 });
    const flood = Promise.all(Array.from({ length: 60 }, () => passwords.verify(null, PHRASE)));
    expect(await turnsUntil(flood)).toBeGreaterThan(60);
  });
});

describe('the rules for passwords', () => {
  it.each([
    ['memory', 19_455],
    ['passes', 1],
    ['minLength', 7],
    ['minLengthWithFourClasses', 7],
    ['maxLength', 63],
    ['threads', 0],
    ['threads', 1.5],
    ['queue', -1],
    ['niceness', 20],
    ['memory', Number.NaN],
  ])('refuse to start with %s = %d', (name, value) => {
    expect(() => passwordOptions({ [name]: value })).toThrow(`passwords.${name} must be`);
  });

  it('have the defaults of the policy', () => {
    expect(passwordOptions({ threads: 2 })).toMatchObject({
      memory: 19_456,
      passes: 2,
      minLength: 14,
      minLengthWithFourClasses: 12,
      maxLength: 128,
      queue: 64,
    });
  });
});

function median(values: number[]): number {
  return values.sort((one, other) => one - other)[Math.floor(values.length / 2)]!;
}
