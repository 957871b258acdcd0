import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { turnsUntil } from '@portillon/testing';
import { PasswordOptions, passwordOptions } from './credential.options';
import type { PasswordHashingService } from './password-hashing.service';
import { PasswordStrengthService } from './password-strength.service';

// The dictionaries are read once, by a thread; a busy machine takes its time.
jest.setTimeout(60_000);

const CLAIRE = ['claire.martin', 'Claire Martin', 'claire.martin@hopital-nord.example'];
const strength = judging();

function judging(given: Partial<PasswordOptions> = {}): PasswordStrengthService {
  const options = passwordOptions(given);
  return new PasswordStrengthService(options, {} as PasswordHashingService);
}

async function reasons(password: string, personal = CLAIRE): Promise<string[]> {
  return (await strength.assess(password, personal)).reasons;
}

afterAll(() => strength.onApplicationShutdown());

describe('a password', () => {
  it('is in no list of breaches if none is configured', async () => {
    expect(await reasons('azerty')).not.toContain('breached');
  });

  it.each([
    ['Xk7#mVq2Lw!p', '12 characters of four classes'],
    ['velours-gravier-tulipe-comète', 'a phrase of four words'],
    ['correct horse battery staple', 'a phrase with spaces'],
    ['il pleut des cordes sur mon vieux toit', 'a sentence'],
    ['Cheval-Bleu-Nuage-7', 'three words and a digit'],
    ['kbwmqzrtyhnvls', '14 letters of one class'],
    ['пароль очень длинный и странный', 'another alphabet'],
    ['🦊🌲🎻🚲🍋🧭🪁🎲🐙🧵🥾🪕🔭🛶', '14 signs that are no letters'],
  ])('may be %s: %s', async (password) => {
    expect(await strength.assess(password, CLAIRE)).toEqual({ acceptable: true, reasons: [], names: {} });
  });

  it.each([
    ['', 'too-short'],
    ['Xk7#mVq2Lw!', 'too-short'],
    ['xk7#mvq2lw!p', 'too-simple'],
    ['Xk7mVq2LwRpZ', 'too-simple'],
    ['aaaaaaaaaaaaaaaa', 'too-simple'],
    ['abababababababab', 'too-simple'],
    ['2024-2025-2026', 'too-simple'],
    ['x9x9x9x9x9x9x9', 'too-simple'],
    ['abcdefghijklmn', 'too-simple'],
    ['azertyuiopqsdf', 'too-simple'],
    ['--------------', 'too-simple'],
    ['Password2024!', 'too-common'],
    ['P@ssw0rd2024!', 'too-common'],
    ['MotDePasse2024!', 'too-common'],
    ['Bonjour-Soleil-2026', 'too-common'],
    ['PasswordPassword1', 'too-common'],
    ['Azertyuiop123456!', 'too-common'],
    ['Hôpital-Médecin1', 'too-common'],
    ['Hopital Medecin1', 'too-common'],
    ['Bienvenue2026!', 'too-common'],
    ['Marseille13!!', 'too-common'],
    ['Xk7#Claire!mVq2', 'personal'],
    ['Xk7#Portillon!mVq2', 'service-name'],
  ])('may not be "%s": %s', async (password, reason) => {
    expect(await strength.assess(password, CLAIRE)).toMatchObject({
      acceptable: false,
      reasons: expect.arrayContaining([reason]),
    });
  });

  it('returns every reason at once, each once', async () => {
    expect(await reasons('Claire Portillon')).toEqual(['too-common', 'personal', 'service-name']);
    expect(await reasons('abcdefghijkl')).toEqual(['too-simple']);
  });

  it('may have at most 128 characters', async () => {
    const long = 'Vr8?kZ-tulipe-Lw!p-comète-'.repeat(8);
    expect(await reasons(long.slice(0, 128))).toEqual([]);
    const refused = { acceptable: false, reasons: ['too-long'], names: {} };
    expect(await strength.assess(long.slice(0, 129), CLAIRE)).toEqual(refused);
  });

  it('that is far too long is refused before it is assessed', async () => {
    const closed = judging();
    await closed.onApplicationShutdown();
    await expect(closed.assess('Xk7#mVq2Lw!p', CLAIRE)).rejects.toMatchObject({ code: 'service.busy' });
    const long = 'é'.normalize('NFD').repeat(1_000_000);
    expect((await closed.assess(long, CLAIRE)).reasons).toEqual(['too-long']);
  });

  it.each(['1234567890'.repeat(12), '4@8({[<369!1|0$5+7%2'.repeat(6), 'p4ssw0rd1!a@'.repeat(10)])(
    'made to take long, such as %s, leaves the event loop alone',
    async (password) => {
      expect(await turnsUntil(strength.assess(password, CLAIRE))).toBeGreaterThan(5);
    },
  );
});

it('a password beyond the queue is refused with a wait', async () => {
  const busy = judging({ queue: 1 });
  const asked = await Promise.allSettled(Array.from({ length: 4 }, () => busy.assess('Xk7#mVq2Lw!p', [])));
  const refused = asked.filter(({ status }) => status === 'rejected');
  expect(refused.length).toBeGreaterThan(0);
  expect(refused[0]).toMatchObject({ reason: { code: 'service.busy', retryAfterSeconds: 2 } });
  await busy.onApplicationShutdown();
});

it('a password of a known breach is refused, however strong, and its neighbour is not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'portillon-breached-'));
  const breachedFile = join(folder, 'pwned.txt');
  // SHA-1 of "velours-gravier-tulipe-comète".
  writeFileSync(breachedFile, `${'0'.repeat(40)}:3\nBEADB4D63713212D3987BDC5F748A0EB24F0C1DC:12\n`);
  const judge = judging({ breachedFile });
  expect(await judge.assess('velours-gravier-tulipe-comète', CLAIRE)).toEqual({
    acceptable: false,
    reasons: ['breached'],
    names: {},
  });
  expect((await judge.assess('velours-gravier-tulipe-planète', CLAIRE)).acceptable).toBe(true);
  rmSync(breachedFile);
  await expect(judge.assess('velours-gravier-tulipe-planète', CLAIRE)).rejects.toThrow('ENOENT');
  rmSync(folder, { recursive: true });
  await judge.onApplicationShutdown();
});
