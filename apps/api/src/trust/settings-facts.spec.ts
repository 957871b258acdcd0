import { readSettings } from '../settings/read/read-settings';
import { complete, kannel, ovh, twilio } from '../settings/testing/settings.fixture';
import { linksOf, meansOf } from './settings-facts';

const links = (environment: Record<string, string>) => {
  const settings = readSettings({ ...complete, ...environment }, '/nowhere');
  return linksOf(settings).map(({ link, to, protection }) => `${link} ${to} ${protection}`);
};
const PRODUCTION = { NODE_ENV: 'production', PUBLIC_URL: 'https://portillon.example' };
const SERVER = 'mysql://user:secret@db.example:3306/portillon';

describe('the links of a deployment', () => {
  it.each<[string, Record<string, string>]>([
    ['public localhost:3000 same-machine', {}],
    ['public portillon.example tls-proxy', PRODUCTION],
    ['database  same-machine', {}],
    ['database db.example:3306 plain', { DATABASE_URL: SERVER }],
    ['database db.example:3306 tls-unverified', { DATABASE_URL: SERVER, DATABASE_TLS: 'required' }],
    ['database db.example:3306 tls-verified', { DATABASE_URL: SERVER, DATABASE_TLS: 'verify' }],
    ['database 127.0.0.1 same-machine', { DATABASE_URL: 'mysql://user:secret@127.0.0.1/portillon' }],
    [
      'replica copy.example plain',
      { DATABASE_URL: SERVER, DATABASE_REPLICA_URL: 'mysql://u@copy.example/p' },
    ],
    ['redis redis.example:6379 plain', { REDIS_URL: 'redis://:secret@redis.example:6379' }],
    ['redis redis.example tls-verified', { REDIS_URL: 'rediss://:secret@redis.example' }],
    ['redis localhost same-machine', { REDIS_URL: 'redis://localhost' }],
    ['redis a:1,b:2,c:3 plain', { REDIS_URL: 'redis+sentinel://:secret@a:1,b:2,c:3/main' }],
    ['smtp 127.0.0.1:25 same-machine', {}],
    ['smtp mail.example tls-if-offered', { SMTP_URL: 'smtp://user:secret@mail.example' }],
    ['smtp mail.example plain', { SMTP_URL: 'smtp://mail.example?ignoreTLS=true' }],
    ['smtp mail.example tls-verified', { SMTP_URL: 'smtp://mail.example', ...PRODUCTION }],
    ['smtp mail.example tls-verified', { SMTP_URL: 'smtps://user:secret@mail.example' }],
    ['smtp mail.example tls-unverified', { SMTP_URL: 'smtps://mail.example?tls.rejectUnauthorized=false' }],
    ['sms api.twilio.com tls-verified', twilio],
    ['sms eu.api.ovh.com tls-verified', ovh],
    ['sms 127.0.0.1:13013 same-machine', kannel],
    ['audit-stream siem.example:6514 tls-verified', { AUDIT_STREAM: 'syslog+tls://siem.example:6514' }],
    ['audit-stream siem.example:601 plain', { AUDIT_STREAM: 'syslog+tcp://siem.example:601' }],
  ])('are told by their host and their protection: %s', (expected, environment) => {
    expect(links(environment)).toContain(expected);
  });

  it('show no secret', () => {
    const all = { DATABASE_URL: SERVER, REDIS_URL: 'redis://:secret@r', SMTP_URL: 'smtp://u:secret@m' };
    expect(links(all).join()).not.toMatch(/secret|user/);
  });
});

describe('the means of a deployment', () => {
  it('have the levels that hold here, and tell those that are off', () => {
    const environment = { ...complete, TOTP: 'on', ACR_OF_MEANS: 'password+otp=eidas1' };
    const means = meansOf(readSettings(environment, '/nowhere'));
    expect(means).toContainEqual({ means: 'password+otp', on: true, level: 'eidas1' });
    expect(means).toContainEqual({ means: 'pro-sante-connect', on: false, level: null });
    expect(means).toContainEqual({ means: 'passkey', on: false, level: 'eidas1-mfa' });
  });
});
