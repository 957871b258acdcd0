import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from './environment.types';
import { readSettings } from './read/read-settings';
import { Settings } from './settings';
import { complete, kannel, KEY, ovh, problemsOf, SECRET, twilio } from './testing/settings.fixture';

const folder = mkdtempSync(join(tmpdir(), 'portillon-secrets-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(content: string): string {
  const file = join(folder, `${content.length}`);
  writeFileSync(file, content);
  return file;
}

describe('a secret', () => {
  it.each([
    ['SECRET_KEYS', `one:${KEY}`, ({ keyring }: Settings) => keyring.ids[0] === 'one'],
    ['DATABASE_URL', 'mysql://me:x@127.0.0.1/p', ({ databaseUrl }: Settings) => databaseUrl],
    ['REDIS_URL', 'redis://:x@127.0.0.1', ({ redisUrl }: Settings) => redisUrl],
    ['SMTP_URL', 'smtp://me:x@relay.example', ({ mail }: Settings) => mail?.transport[0]],
    ['TWILIO_AUTH_TOKEN', 'of-twilio', ({ sms }: Settings) => sms[0]?.kind === 'twilio' && sms[0].authToken],
    [
      'OVH_APPLICATION_SECRET',
      'of-ovh',
      ({ sms }: Settings) => sms[1]?.kind === 'ovh' && sms[1].applicationSecret,
    ],
    ['OVH_CONSUMER_KEY', 'of-ovh', ({ sms }: Settings) => sms[1]?.kind === 'ovh' && sms[1].consumerKey],
    ['KANNEL_PASSWORD', 'of-kannel', ({ sms }: Settings) => sms[2]?.kind === 'kannel' && sms[2].password],
    ['PSC_CLIENT_SECRET', 'of-psc', (all: Settings) => all.proSanteConnect?.authentication],
    ['GATE_PROXY_SECRET', 'of-the-gate-proxy', ({ gate }: Settings) => gate.proxySecret],
  ])('%s is read from the file that its name with _FILE names', (name, value, found) => {
    const others = {
      ...complete,
      ...twilio,
      ...ovh,
      ...kannel,
      PSC_DISCOVERY_URL: 'https://psc.example/.well-known/wallet-openid-configuration',
      PSC_CLIENT_ID: 'portillon',
      PSC_CLIENT_SECRET: 'x',
      GATE_PROXIES: '10.0.0.1',
    };
    const direct = readSettings({ ...others, [name]: value }, '/nowhere');
    const byFile = { ...others, [name]: undefined, [`${name}_FILE`]: fileOf(`${value}\n`) };
    expect(found(readSettings(byFile, '/nowhere'))).toEqual(found(direct));
  });

  it.each([
    ['is set beside its file', { SMTP_URL_FILE: fileOf('smtp://relay.example') }, 'and SMTP_URL exclude'],
    ['has a file that is not there', { SMTP_URL: undefined, SMTP_URL_FILE: `/nowhere/${SECRET}` }, 'ENOENT'],
    ['has an empty file', { SMTP_URL: '', SMTP_URL_FILE: fileOf('\n') }, 'names an empty file'],
  ])('that %s stops the start, and its file alone is named', (_, changes, why) => {
    const problems = problemsOf({ ...complete, ...changes });
    expect(problems).toEqual([expect.stringMatching(new RegExp(`^SMTP_URL_FILE .*${why}`))]);
    expect(problems[0]).not.toContain(SECRET);
  });
});

describe('a setting that is misspelt', () => {
  const warningsOf = (environment: Environment) => readSettings(environment, '/nowhere').warnings;

  it.each([
    ['PASSKEY', 'PASSKEYS'],
    ['PASKEYS', 'PASSKEYS'],
    ['MAIL_FORM', 'MAIL_FROM'],
    ['ADMIN_STRONG_MEAN', 'ADMIN_STRONG_MEANS'],
    ['TRUSTED_PROXYS', 'TRUSTED_PROXIES'],
    ['SECRET_KEYS_FILES', 'SECRET_KEYS_FILE'],
  ])('as %s is named with the nearest one, %s, and never with its value', (name, meant) => {
    const file = { SECRET_KEYS_FILE: fileOf(`one:${KEY}`), SECRET_KEYS: undefined };
    const warnings = warningsOf({ ...complete, ...file, [name]: SECRET });
    expect(warnings).toEqual([`${name} is no setting: is ${meant} meant?`]);
  });

  it('is not found in names of other software', () => {
    const others = ['PATH', 'HOME', 'HOSTNAME', 'APP_PORT', 'REDIS_PORT', 'SSL_CERT_FILE', 'POST', 'TMP'];
    const set = Object.fromEntries(others.map((name) => [name, '1']));
    expect(warningsOf({ ...complete, ...set, NODE_VERSION: '1', LOGNAME: '1' })).toEqual([]);
  });

  it('is not found in settings of ours that this deployment does not use', () => {
    const example = readFileSync(join(__dirname, '../../../../.env.example'), 'utf8');
    const names = [...example.matchAll(/^# ([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name);
    const set = Object.fromEntries(names.map((name) => [name, ' ']));
    expect(names).toContain('PASSKEYS');
    expect(warningsOf({ ...set, ...complete })).toEqual([]);
  });
});
