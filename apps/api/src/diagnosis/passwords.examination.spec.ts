import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { examineBreachedPasswords } from './passwords.examination';

describe('the list of breached passwords, in the eyes of the doctor', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portillon-breached-'));
  const breachedFile = join(folder, 'pwned.txt');
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is off without a file', async () => {
    const found = await examineBreachedPasswords({ passwords: { breachedFile: null } });
    expect(found).toMatchObject({ well: true, text: 'off: not set' });
  });

  it('has its size and its day', async () => {
    const lines = Array.from({ length: 5_000 }, (_, index) => `${String(index).padStart(40, '0')}:1\n`);
    writeFileSync(breachedFile, lines.join(''));
    utimesSync(breachedFile, new Date('2026-10-02T08:00:00Z'), new Date('2026-10-02T08:00:00Z'));
    const found = await examineBreachedPasswords({ passwords: { breachedFile } });
    expect(found).toMatchObject({ well: true, text: '0.2 MB of breached passwords, of 2026-10-02' });
  });

  it('is wrong once it was spoiled', async () => {
    writeFileSync(breachedFile, 'azerty\n');
    const found = await examineBreachedPasswords({ passwords: { breachedFile } });
    expect(found).toMatchObject({ well: false, advice: 'fetch it anew' });
    expect(found.text).toMatch(/^BREACHED_PASSWORDS_FILE does not hold lines/);
  });
});
