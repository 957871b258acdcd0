import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BreachedPasswordFindings } from './breached-passwords';

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
