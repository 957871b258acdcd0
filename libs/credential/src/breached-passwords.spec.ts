import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { breachedFileFault, isBreached, BreachedPasswordFindings } from './breached-passwords';

const folder = mkdtempSync(join(tmpdir(), 'portillon-breached-'));
const breachedFile = join(folder, 'pwned.txt');
const has = (password: string) => isBreached(password, breachedFile);

afterAll(() => rmSync(folder, { recursive: true }));

interface Form {
  ending: string;
  /** The end of the last line. */
  last: string;
  counted: boolean;
}

/** The form of the download of Have I Been Pwned. */
function list(passwords: string[], { ending = '\n', last = '\n', counted = true }: Partial<Form> = {}): void {
  const lines = passwords.map(digestOf).sort();
  const texts = lines.map((digest) =>
    counted ? `${digest}:${1 + (parseInt(digest, 16) % 987_654)}` : digest,
  );
  writeFileSync(breachedFile, texts.join(ending) + last);
}

function digestOf(password: string): string {
  return createHash('sha1').update(password).digest('hex').toUpperCase();
}

/** Always the same. */
function passwords(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `Vr8?kZ-${index}-comete`);
}

const FORMS: Partial<Form>[] = [
  { ending: '\n' },
  { ending: '\r\n', last: '\r\n' },
  { ending: '\n', last: '' },
  { ending: '\r\n', last: '' },
  { ending: '\n', counted: false },
];

describe('a list of breached passwords', () => {
  it.each(FORMS)('of the form %j is searched as one that is read whole, for every size', async (form) => {
    for (const size of [1, 2, 3, 4, 5, 7, 16, 33, 257]) {
      const known = passwords(size);
      const unknown = passwords(3 * size).slice(size);
      list(known, form);
      expect(breachedFileFault(breachedFile)).toBeUndefined();
      const found = await Promise.all([...known, ...unknown].map((one) => has(one)));
      expect(found).toEqual([...known.map(() => true), ...unknown.map(() => false)]);
    }
  });

  it('is searched for the normalised password, so that both spellings of an accent match', async () => {
    list(['comète'.normalize('NFC')]);
    expect(await has('comète'.normalize('NFD'))).toBe(true);
  });

  it('that replaces another takes effect immediately', async () => {
    list(['one']);
    expect(await has('two')).toBe(false);
    list(['two']);
    expect(await has('two')).toBe(true);
  });

  const digests = passwords(600).map(digestOf).sort();
  it.each([
    ['is empty', ''],
    ['does not hold lines of the form SHA1:COUNT, in upper case', '\n'],
    ['does not hold lines of the form SHA1:COUNT, in upper case', 'azerty\nmarseille\n'],
    ['does not hold lines of the form SHA1:COUNT, in upper case', 'x'.repeat(100_000)],
    ['does not hold lines of the form SHA1:COUNT, in upper case', digests.join(':1\n').toLowerCase()],
    [
      'does not hold lines of the form SHA1:COUNT, in upper case',
      `${digests.join(':1\n')}:${'1'.repeat(300)}`,
    ],
    ['does not hold lines of the form SHA1:COUNT, in upper case', `${digests.join(':1\n')}:1\n<html>`],
    ['is not sorted by its digests', digests.toReversed().join(':1\n')],
    ['is not sorted by its digests', [...digests, digests[0]].join(':1\n')],
    ['is not sorted by its digests', [digests.at(-1), ...digests].join(':1\n')],
    ['is not sorted by its digests', passwords(600).map(digestOf).join('\n')],
  ])('%s, and is refused', (fault, content) => {
    writeFileSync(breachedFile, content);
    expect(breachedFileFault(breachedFile)).toBe(fault);
  });

  it('that is missing, or is a folder, is refused', () => {
    expect(breachedFileFault(join(folder, 'absent.txt'))).toBe('cannot be read (ENOENT)');
    expect(breachedFileFault(folder)).toBe('is no file');
  });
});

describe('the finding about the list of breached passwords', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portillon-breached-'));
  const breachedFile = join(folder, 'pwned.txt');
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is off without a file', async () => {
    const found = await new BreachedPasswordFindings({ breachedFile: null }).find();
    expect(found).toMatchObject({ state: 'off', text: 'off: not set' });
  });

  it("shows the list's size and date", async () => {
    const lines = Array.from({ length: 5_000 }, (_, index) => `${String(index).padStart(40, '0')}:1\n`);
    writeFileSync(breachedFile, lines.join(''));
    utimesSync(breachedFile, new Date('2026-10-02T08:00:00Z'), new Date('2026-10-02T08:00:00Z'));
    const found = await new BreachedPasswordFindings({ breachedFile }).find();
    expect(found).toMatchObject({ state: 'well', text: '0.2 MB of breached passwords, of 2026-10-02' });
  });

  it('fails for a damaged list', async () => {
    writeFileSync(breachedFile, 'azerty\n');
    const found = await new BreachedPasswordFindings({ breachedFile }).find();
    expect(found).toMatchObject({ state: 'failing', advice: 'download it again' });
    expect(found.text).toMatch(/^BREACHED_PASSWORDS_FILE does not hold lines/);
  });
});
