import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CardVerifierService } from '@portillon/cpx';
import { DAY, shift } from '@portillon/kernel';
import { SettableClock } from '@portillon/testing';
import { examineExpiries } from '../diagnosis/time.examination';
import { readSettings } from '../settings/read/read-settings';
import { ExpiryService } from './expiry.service';

describe('what ends on a day that is known', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portillon-expiry-'));
  const clock = new SettableClock();
  let now: Date;
  const file = join(folder, 'cert.pem');
  const settings = () =>
    readSettings(
      {
        SECRET_KEYS: 'one:BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=',
        SMTP_URL: 'smtp://127.0.0.1:1',
        MAIL_FROM: 'a@portillon.example',
        TLS_CERT_FILE: file,
        TLS_KEY_FILE: join(folder, 'key.pem'),
      },
      folder,
    );
  let lists: { authority: string; goodUntil: Date | null }[] = [];
  const cards = { listStates: () => Promise.resolve(lists) } as CardVerifierService;
  const service = () => new ExpiryService(settings(), cards, clock);

  beforeAll(() => {
    const args = [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '90',
      '-subj',
      '/CN=portillon.test',
    ];
    execFileSync('openssl', [...args, '-keyout', join(folder, 'key.pem'), '-out', file], { stdio: 'pipe' });
    now = new Date(new X509Certificate(readFileSync(file)).validFrom);
  });
  beforeEach(() => {
    lists = [];
    clock.set(now);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is told while there is time: of a certificate three weeks before', async () => {
    const [expiry] = await service().all();
    expect(expiry).toMatchObject({ setting: 'TLS_CERT_FILE', subject: 'portillon.test' });
    expect(service().isDue(expiry!)).toBe(false);
    expect(await examineExpiries(service())).toMatchObject([{ well: true }]);
    clock.set(shift(now, 70 * DAY));
    expect(service().isDue(expiry!)).toBe(true);
    expect(await examineExpiries(service())).toMatchObject([
      {
        well: false,
        text: expect.stringMatching(/^TLS_CERT_FILE: portillon\.test is good until /),
        advice: expect.stringMatching(/^replace it/),
      },
    ]);
  });

  it('is told of a revocation list a day before, and first when there is none that is good', async () => {
    lists = [
      { authority: 'AC ONE', goodUntil: shift(now, DAY / 2) },
      { authority: 'AC TWO', goodUntil: null },
    ];
    const all = await service().all();
    expect(all.map(({ subject }) => subject)).toEqual(['AC TWO', 'AC ONE', 'portillon.test']);
    expect(all.map((one) => service().isDue(one))).toEqual([true, true, false]);
  });

  it('is told of a file that was replaced by what is none', async () => {
    const running = service();
    const content = execFileSync('cat', [file]);
    writeFileSync(file, 'half of a certifi');
    expect(await examineExpiries(running)).toEqual([
      { name: 'expiry', well: false, text: 'TLS_CERT_FILE: its file, which cannot be read' },
    ]);
    writeFileSync(file, content);
  });
});
