import type { SmsProviderOptions } from '@portillon/notification';
import type { OperationOptions } from '../operation.options';
import { linksOf, meansOf } from './settings-facts';

/** A development server without settings. */
const SETTINGS = {
  publicUrl: 'http://localhost:3000',
  tls: null,
  databaseUrl: 'file:portillon.db',
  database: { replicaUrl: null, tls: { mode: 'off', caFile: null } },
  redisUrl: null,
  mail: null,
  sms: [],
  proSanteConnect: null,
  cpx: null,
  passkeys: null,
  totp: false,
  recoveryCodes: false,
  annuaire: null,
  auditStream: null,
  acrOfMeans: '',
} as unknown as OperationOptions;
type Given = Partial<OperationOptions>;

const links = (given: Given) =>
  linksOf({ ...SETTINGS, ...given }).map(({ link, to, protection }) => `${link} ${to} ${protection}`);
const SERVER = 'mysql://user:secret@db.example:3306/portillon';
const database = (
  databaseUrl: string,
  mode: 'off' | 'required' | 'verify' = 'off',
  replicaUrl: string | null = null,
): Given => ({ databaseUrl, database: { replicaUrl, tls: { mode, caFile: null } } });
const relay = (url: string, requireTls = false): Given => ({ mail: { transport: [url], requireTls } });
const stream = (url: string, tls: boolean): Given => ({
  auditStream: { kind: 'syslog', url: new URL(url), tls },
});

describe('the links of a deployment', () => {
  it.each<[string, Given]>([
    ['public localhost:3000 same-machine', {}],
    ['public portillon.example tls-proxy', { publicUrl: 'https://portillon.example' }],
    ['database  same-machine', {}],
    ['database db.example:3306 plain', database(SERVER)],
    ['database db.example:3306 tls-unverified', database(SERVER, 'required')],
    ['database db.example:3306 tls-verified', database(SERVER, 'verify')],
    ['database 127.0.0.1 same-machine', database('mysql://user:secret@127.0.0.1/portillon')],
    ['replica copy.example plain', database(SERVER, 'off', 'mysql://u@copy.example/p')],
    ['redis redis.example:6379 plain', { redisUrl: 'redis://:secret@redis.example:6379' }],
    ['redis redis.example tls-verified', { redisUrl: 'rediss://:secret@redis.example' }],
    ['redis localhost same-machine', { redisUrl: 'redis://localhost' }],
    ['redis a:1,b:2,c:3 plain', { redisUrl: 'redis+sentinel://:secret@a:1,b:2,c:3/main' }],
    ['smtp 127.0.0.1:25 same-machine', relay('smtp://127.0.0.1:25')],
    ['smtp mail.example tls-if-offered', relay('smtp://user:secret@mail.example')],
    ['smtp mail.example plain', relay('smtp://mail.example?ignoreTLS=true')],
    ['smtp mail.example tls-verified', relay('smtp://mail.example', true)],
    ['smtp mail.example tls-verified', relay('smtps://user:secret@mail.example')],
    ['smtp mail.example tls-unverified', relay('smtps://mail.example?tls.rejectUnauthorized=false')],
    ['sms api.twilio.com tls-verified', { sms: [{ kind: 'twilio' } as SmsProviderOptions] }],
    ['sms eu.api.ovh.com tls-verified', { sms: [{ kind: 'ovh' } as SmsProviderOptions] }],
    [
      'sms 127.0.0.1:13013 same-machine',
      { sms: [{ kind: 'kannel', sendUrl: 'http://127.0.0.1:13013/x' } as SmsProviderOptions] },
    ],
    ['audit-stream siem.example:6514 tls-verified', stream('syslog://siem.example:6514', true)],
    ['audit-stream siem.example:601 plain', stream('syslog://siem.example:601', false)],
  ])('are told by their host and their protection: %s', (expected, given) => {
    expect(links(given)).toContain(expected);
  });

  it('show no secret', () => {
    const all = { ...database(SERVER), redisUrl: 'redis://:secret@r', ...relay('smtp://u:secret@m') };
    expect(links(all).join()).not.toMatch(/secret|user/);
  });
});

describe('the means of a deployment', () => {
  it('have the levels that hold here, and list those that are off', () => {
    const means = meansOf({ ...SETTINGS, totp: true, acrOfMeans: 'password+otp=eidas1' });
    expect(means).toContainEqual({ means: 'password+otp', on: true, level: 'eidas1' });
    expect(means).toContainEqual({ means: 'pro-sante-connect', on: false, level: null });
    expect(means).toContainEqual({ means: 'passkey', on: false, level: 'eidas1-mfa' });
  });
});
