import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '../environment.types';
import { readSettings } from './read-settings';
import { complete, problemsOf, SECRET } from '../testing/settings.fixture';

describe('the settings of mail', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portillon-dkim-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const keyFile = (name: string, text: string | Buffer) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const rsa = (modulusLength: number) =>
    generateKeyPairSync('rsa', { modulusLength }).privateKey.export({ type: 'pkcs8', format: 'pem' });
  const ed25519 = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
  const dkim = {
    DKIM_DOMAIN: 'portillon.example',
    DKIM_SELECTOR: 'portillon2026',
    DKIM_KEY_FILE: keyFile('rsa.pem', rsa(2_048)),
  };
  const mailOf = (changes: Environment) => readSettings({ ...complete, ...changes }, '/nowhere').mail;

  it('default to a pool and time-outs for a busy morning, and to no signature', () =>
    expect(mailOf({})).toMatchObject({ connections: 20, connectMs: 5_000, idleMs: 60_000, dkim: undefined }));

  it('take a pool and time-outs of the operator’s', () =>
    expect(
      mailOf({
        SMTP_POOL_SIZE: '50',
        SMTP_TIMEOUT_CONNECT_SECONDS: '2',
        SMTP_TIMEOUT_IDLE_SECONDS: '300',
      }),
    ).toMatchObject({ connections: 50, connectMs: 2_000, idleMs: 300_000 }));

  it.each(['Portillon <portillon@portillon.example>', 'portillon@orientation.portillon.example'])(
    'sign the mails of %s for its domain',
    (MAIL_FROM) =>
      expect(mailOf({ ...dkim, MAIL_FROM })?.dkim).toEqual({
        domain: dkim.DKIM_DOMAIN,
        selector: dkim.DKIM_SELECTOR,
        privateKey: expect.stringContaining('PRIVATE KEY'),
      }),
  );

  it.each<[string, Environment]>([
    ['SMTP_POOL_SIZE', { SMTP_POOL_SIZE: '0' }],
    ['SMTP_TIMEOUT_CONNECT_SECONDS', { SMTP_TIMEOUT_CONNECT_SECONDS: '9' }],
    ['SMTP_TIMEOUT_IDLE_SECONDS', { SMTP_TIMEOUT_IDLE_SECONDS: SECRET }],
    ['MAIL_BOUNCE', { MAIL_BOUNCE: SECRET }],
    ['MAIL_BOUNCE', { MAIL_BOUNCE: 'bounces+1@portillon.example' }],
    ['MAIL_BOUNCE', { MAIL_BOUNCE: 'bounces-of-us@portillon.example' }],
    ['DKIM_KEY_FILE', { ...dkim, DKIM_KEY_FILE: undefined }],
    ['DKIM_SELECTOR', { ...dkim, DKIM_SELECTOR: ' ' }],
    ['DKIM_DOMAIN', { ...dkim, DKIM_DOMAIN: undefined }],
    ['DKIM_SELECTOR', { ...dkim, DKIM_SELECTOR: `${SECRET}; d=evil.example` }],
    ['DKIM_DOMAIN', { ...dkim, DKIM_DOMAIN: 'other.example' }],
    ['DKIM_DOMAIN', { ...dkim, MAIL_FROM: 'portillon@notportillon.example' }],
    ['DKIM_KEY_FILE', { ...dkim, DKIM_KEY_FILE: `/nowhere/${SECRET}` }],
    ['DKIM_KEY_FILE', { ...dkim, DKIM_KEY_FILE: keyFile('text.pem', SECRET) }],
    ['DKIM_KEY_FILE', { ...dkim, DKIM_KEY_FILE: keyFile('weak.pem', rsa(1_024)) }],
    ['DKIM_KEY_FILE', { ...dkim, DKIM_KEY_FILE: keyFile('ed25519.pem', ed25519) }],
  ])('name %s when it cannot be used (%#), and never the value', (name, changes) => {
    const problems = problemsOf({ ...complete, ...changes });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name} `));
    expect(problems[0]).not.toContain(SECRET);
  });
});
