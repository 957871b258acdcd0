import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DAY, FindingRegistry, addMilliseconds } from '@portillon/kernel';
import { describeWithProgram, SettableClock } from '@portillon/testing';
import type { OperationOptions } from '../operation.options';
import { PresentedCertificatesJob } from '../certificates/presented-certificates.job';
import { ExpiryFindings } from './expiry.findings';

describeWithProgram('openssl', 'what ends on a day that is known', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portillon-expiry-'));
  const clock = new SettableClock();
  let now: Date;
  const file = join(folder, 'cert.pem');
  let lists: { authority: string; goodUntil: Date | null }[] = [];
  const registry = new FindingRegistry();
  registry.register({
    subject: 'cards',
    find: async () => ({ state: 'well', text: '', values: { lists } }) as never,
  });
  const options = {
    tls: { certFile: file, keyFile: join(folder, 'key.pem') },
    database: { tls: { caFile: null } },
  } as unknown as OperationOptions;
  const presented = new PresentedCertificatesJob(registry);
  const expiry = new ExpiryFindings(options, registry, presented, clock);
  const found = async () => (await expiry.find()).values.expiries;

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

  it('is reported in time: a certificate three weeks before', async () => {
    const named = { setting: 'TLS_CERT_FILE', subject: 'portillon.test' };
    expect(await found()).toMatchObject([{ ...named, state: 'well' }]);
    expect(await expiry.check()).toMatchObject([{ state: 'well' }]);
    clock.set(addMilliseconds(now, 70 * DAY));
    expect(await found()).toMatchObject([{ ...named, state: 'warning' }]);
    expect(await expiry.check()).toMatchObject([
      {
        state: 'warning',
        text: expect.stringMatching(/^TLS_CERT_FILE: portillon\.test is good until /),
        advice: expect.stringMatching(/^replace it/),
      },
    ]);
    clock.set(addMilliseconds(now, 91 * DAY));
    expect(await found()).toMatchObject([{ ...named, state: 'failing' }]);
  });

  it('is reported a day before for a revocation list, and first when there is none that is good', async () => {
    lists = [
      { authority: 'AC ONE', goodUntil: addMilliseconds(now, DAY / 2) },
      { authority: 'AC TWO', goodUntil: null },
    ];
    expect((await found()).map(({ subject, state }) => [subject, state])).toEqual([
      ['AC TWO', 'failing'],
      ['AC ONE', 'warning'],
      ['portillon.test', 'well'],
    ]);
  });

  it('is reported for what a server presents, and remembered while it does not answer', async () => {
    let answers = true;
    registry.register({
      subject: 'relay',
      certificates: async () => {
        if (!answers) throw new Error('ECONNREFUSED');
        return [{ setting: 'SMTP_URL', subject: 'relay:465', validTo: addMilliseconds(now, 3 * DAY) }];
      },
    });
    expect(await found()).toHaveLength(1);
    await presented.look();
    answers = false;
    const report = {
      state: 'warning',
      text: expect.stringMatching(/^SMTP_URL: relay:465 is good until /),
      advice: 'renew it on that server',
    };
    expect(await expiry.check()).toContainEqual(report);
    expect(await found()).toMatchObject([{ setting: 'SMTP_URL', state: 'warning' }, { state: 'well' }]);
  });

  it('is reported for a file that was replaced by an invalid one', async () => {
    const content = execFileSync('cat', [file]);
    writeFileSync(file, 'half of a certifi');
    expect(await expiry.check()).toContainEqual({
      state: 'failing',
      text: 'TLS_CERT_FILE: its file, which cannot be read',
    });
    writeFileSync(file, content);
  });
});
