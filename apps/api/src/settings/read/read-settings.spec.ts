import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '../environment.types';
import { readSettings } from './read-settings';
import { complete, KEY, problemsOf, SECRET, twilio } from '../testing/settings.fixture';

const production = { ...complete, NODE_ENV: 'production', PUBLIC_URL: 'https://portillon.example' };
const onServer = { DATABASE_URL: 'mysql://portillon@db.example/portillon' };

describe('the settings', () => {
  it.each<[string, Environment]>([
    ['PORT', { PORT: SECRET }],
    ['PORT', { PORT: '0' }],
    ['PORT', { PORT: '3000.5' }],
    ['OPS_PORT', { OPS_PORT: '65536' }],
    ['PUBLIC_URL', { PUBLIC_URL: `ftp://${SECRET}` }],
    ['PUBLIC_URL', { PUBLIC_URL: `https://user:${SECRET}@portillon.example` }],
    ['PUBLIC_URL', { PUBLIC_URL: `https://portillon.example/${SECRET}` }],
    ['PUBLIC_URL', { PUBLIC_URL: `https://portillon.example/?${SECRET}` }],
    ['NODE_ENV', { ...production, NODE_ENV: 'Production' }],
    ['NODE_ENV', { ...production, NODE_ENV: SECRET }],
    ['DATABASE_URL', { DATABASE_URL: `postgres://root:${SECRET}@127.0.0.1/x` }],
    ['DATABASE_URL', { DATABASE_URL: `postgresql:root:${SECRET}@127.0.0.1/x` }],
    ['DATABASE_URL', { DATABASE_URL: `jdbc:postgresql://root:${SECRET}@127.0.0.1/x` }],
    ['DATABASE_URL', { DATABASE_URL: `MySQL://root:${SECRET}@127.0.0.1/x` }],
    ['DATABASE_URL', { DATABASE_URL: `root:${SECRET}@tcp(127.0.0.1:3306)/x` }],
    ['DATABASE_URL', { DATABASE_URL: `sqlite://root:${SECRET}@127.0.0.1/x` }],
    ['DATABASE_URL', { DATABASE_URL: `mysql://root:${SECRET}@127.0.0.1` }],
    ['DATABASE_URL', { DATABASE_URL: `mysql://root:${SECRET}@127.0.0.1:x/y` }],
    ['DATABASE_URL', { DATABASE_URL: `mysql://root:${SECRET}@127.0.0.1/x?ssl={}` }],
    ['DATABASE_TLS', { ...onServer, DATABASE_TLS: SECRET }],
    ['DATABASE_TLS', { DATABASE_TLS: 'required' }],
    ['DATABASE_TLS', { ...onServer, DATABASE_CA_FILE: __filename }],
    ['DATABASE_CA_FILE', { ...onServer, DATABASE_TLS: 'verify', DATABASE_CA_FILE: `/nowhere/${SECRET}` }],
    ['DATABASE_CA_FILE', { ...onServer, DATABASE_TLS: 'verify', DATABASE_CA_FILE: __filename }],
    ['DATABASE_URL', { DATABASE_TLS: 'verify', DATABASE_URL: `mysql://root:${SECRET}@127.0.0.1/x` }],
    ['DATABASE_URL', { DATABASE_TLS: 'verify', DATABASE_URL: `mysql://root:${SECRET}@[::1]/x` }],
    ['DATABASE_TLS', { ...production, ...onServer }],
    ['DATABASE_TLS', { ...production, ...onServer, DATABASE_ALLOW_PLAIN: 'false' }],
    ['DATABASE_TLS', { ...production, DATABASE_URL: 'mysql://portillon@192.0.2.7/portillon' }],
    ['DATABASE_ALLOW_PLAIN', { ...production, DATABASE_ALLOW_PLAIN: SECRET }],
    ['DATABASE_POOL_SIZE', { ...onServer, DATABASE_POOL_SIZE: '0' }],
    ['DATABASE_POOL_SIZE', { DATABASE_POOL_SIZE: '20' }],
    ['DATABASE_REPLICA_URL', { DATABASE_REPLICA_URL: `mysql://root:${SECRET}@127.0.0.1/x` }],
    ['DATABASE_REPLICA_URL', { ...onServer, DATABASE_REPLICA_URL: `${SECRET}.db` }],
    ['DATABASE_REPLICA_URL', { ...onServer, DATABASE_REPLICA_URL: `mysql://root:${SECRET}@127.0.0.1` }],
    [
      'DATABASE_REPLICA_URL',
      { ...onServer, DATABASE_TLS: 'verify', DATABASE_REPLICA_URL: 'mysql://root@127.0.0.1/x' },
    ],
    [
      'DATABASE_TLS',
      {
        ...production,
        DATABASE_URL: 'mysql://portillon@127.0.0.1/portillon',
        DATABASE_REPLICA_URL: onServer.DATABASE_URL,
      },
    ],
    ['SECRET_KEYS', { SECRET_KEYS: `one:${Buffer.alloc(32).toString('base64')}` }],
    ['SECRET_KEYS', { SECRET_KEYS: `one:${Buffer.alloc(32, 'a').toString('base64')}` }],
    ['SECRET_KEYS', { SECRET_KEYS: `one:${KEY},two:${'x'.repeat(43)}` }],
    ['SMTP_URL', { ...onServer, SMTP_URL: undefined, MAIL_FROM: undefined }],
    ['HOST', { HOST: '0.0.0.0', SMTP_URL: undefined, MAIL_FROM: undefined }],
    ['OPS_HOST', { OPS_HOST: `${SECRET} ` + '!' }],
    ['TRUSTED_PROXIES', { TRUSTED_PROXIES: '0.0.0.0/0' }],
    ['PASSKEYS', { PASSKEYS: 'on', PUBLIC_URL: 'https://192.0.2.1' }],
    ['PASSKEY_RP_ID', { PASSKEYS: 'on', PASSKEY_RP_ID: 'other.example' }],
    ['PASSKEY_RP_ID', { PASSKEYS: 'on', PASSKEY_RP_ID: 'example' }],
    ['RECOVERY_CODES', { RECOVERY_CODES: 'on' }],
    ['RECOVERY_CODES', { RECOVERY_CODES: 'perhaps', TOTP: 'on' }],
    ['PASSKEY_RELATED_ORIGINS', { PASSKEY_RELATED_ORIGINS: 'http://orientation.example' }],
    ['PASSKEY_RELATED_ORIGINS', { PASSKEY_RELATED_ORIGINS: 'https://orientation.example/connexion' }],
    ['PASSKEY_RELATED_ORIGINS', { PASSKEY_RELATED_ORIGINS: `https://${SECRET}@orientation.example` }],
    ['AUDIT_STREAM', { AUDIT_STREAM: `syslog://${SECRET}.example` }],
    ['AUDIT_STREAM', { AUDIT_STREAM: `syslog+tls://siem.example/${SECRET}` }],
    ['AUDIT_STREAM', { AUDIT_STREAM: `otlp+https://user:${SECRET}@siem.example` }],
    ['AUDIT_STREAM', { ...production, AUDIT_STREAM: 'syslog+tcp://siem.example' }],
    ['AUDIT_STREAM_HEADERS', { AUDIT_STREAM_HEADERS: `x=%${SECRET}` }],
    ['AUDIT_STREAM_CA_FILE', { AUDIT_STREAM: 'syslog+tls://siem.example', AUDIT_STREAM_CA_FILE: __filename }],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', { ...production, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://otel.example' }],
    ['OTEL_TRACES_SAMPLER_ARG', { OTEL_TRACES_SAMPLER_ARG: '2' }],
    ['GATE_PROXIES', { GATE_PROXIES: '0.0.0.0/0' }],
    ['GATE_PROXIES', { GATE_PROXY_SECRET: SECRET }],
    ['GATE_PROXY_SECRET', { GATE_PROXIES: '10.0.0.1', GATE_PROXY_SECRET: 'too-short' }],
    ['TRUSTED_PROXIES', { TRUSTED_PROXIES: '10.0.0.1, ::/0' }],
    ['TRUSTED_PROXIES', { TRUSTED_PROXIES: '::ffff:0.0.0.0/96' }],
    ['OUTBOUND_ALLOW', { OUTBOUND_ALLOW: '0.0.0.0/0' }],
    ['OUTBOUND_ALLOW', { OUTBOUND_ALLOW: `https://${SECRET}/` }],
    ['SECRET_KEYS', { SECRET_KEYS: SECRET }],
    ['SECRET_KEYS', { SECRET_KEYS: 'one:c2hvcnQ=' }],
    ['SECRET_KEYS', { SECRET_KEYS: `one:${KEY},one:${KEY}` }],
    ['SECRET_KEYS', { SECRET_KEYS: ' ' }],
    ['SMTP_URL', { SMTP_URL: `http://user:${SECRET}@127.0.0.1` }],
    ['SMTP_URL', { SMTP_URL: 'smtp://' }],
    ['SMTP_URL', { SMTP_URL: `smtp://one.example,http://${SECRET}` }],
    ['SMTP_URL', { SMTP_URL: `smtp://one.example,${SECRET}` }],
    ['MAIL_TEMPLATES', { MAIL_TEMPLATES: `/nowhere/${SECRET}` }],
    ['SMTP_ALLOW_PLAIN', { SMTP_ALLOW_PLAIN: SECRET }],
    ['MAIL_FROM', { MAIL_FROM: ' ' }],
    ['MAIL_FROM', { MAIL_FROM: SECRET }],
    ['MAIL_FROM', { MAIL_FROM: `a@portillon.example\nBcc: ${SECRET}@evil.example` }],
    ['MAIL_FROM', { MAIL_FROM: `Name <a@portillon.example>, ${SECRET}@evil.example` }],
    ['TWILIO_ACCOUNT_SID', { ...twilio, TWILIO_ACCOUNT_SID: SECRET }],
    ['TWILIO_ACCOUNT_SID', { ...twilio, TWILIO_ACCOUNT_SID: '' }],
    ['TWILIO_AUTH_TOKEN', { ...twilio, TWILIO_AUTH_TOKEN: '' }],
    ['TWILIO_FROM', { ...twilio, TWILIO_FROM: '' }],
    ['TWILIO_MESSAGING_SERVICE_SID', { ...twilio, TWILIO_MESSAGING_SERVICE_SID: SECRET }],
    ['TWILIO_API_URL', { ...twilio, TWILIO_API_URL: SECRET }],
    ['TLS_KEY_FILE', { TLS_CERT_FILE: __filename }],
    ['TLS_CERT_FILE', { TLS_KEY_FILE: __filename }],
    ['TLS_CERT_FILE', { TLS_CERT_FILE: __filename, TLS_KEY_FILE: __filename }],
    ['TLS_CERT_FILE', { TLS_CERT_FILE: `/nowhere/${SECRET}`, TLS_KEY_FILE: __filename }],
    ['ACCOUNT_RETENTION_MONTHS', { ACCOUNT_RETENTION_MONTHS: '61' }],
    ['MOVE_IN_UNTIL', { MOVE_IN_UNTIL: '2027-02-30' }],
    ['MOVE_IN_UNTIL', { MOVE_IN_UNTIL: '31/12/2027' }],
    ['CODE_WINDOW_HOURS', { CODE_WINDOW_HOURS: '25' }],
    ['CODE_WINDOW_HOURS', { CODE_WINDOW_HOURS: '-1' }],
    ['CODE_WINDOW_SCOPE', { CODE_WINDOW_SCOPE: SECRET }],
    ['CODE_WINDOW_SCOPE', { ...production, CODE_WINDOW_SCOPE: 'account' }],
    ['ACCEPT_RISK', { ACCEPT_RISK: `code-window-account,${SECRET}` }],
    ['API_DOCS', { API_DOCS: SECRET }],
    ['ADMIN_STRONG_MEANS', { ADMIN_STRONG_MEANS: 'yes' }],
    ['ADMIN_STRONG_MEANS', { ADMIN_STRONG_MEANS: 'true' }],
    ['SESSION_IDLE_MINUTES', { SESSION_IDLE_MINUTES: '31' }],
    ['SESSION_MAX_HOURS', { SESSION_MAX_HOURS: '5' }],
    ['AUDIT_RETENTION_MONTHS', { AUDIT_RETENTION_MONTHS: '5' }],
    ['ACR_OF_MEANS', { ACR_OF_MEANS: `cpx=${SECRET}` }],
    ['SMS_DAILY_BUDGET', { SMS_DAILY_BUDGET: '1e3' }],
    ['TRUSTED_PROXIES', { TRUSTED_PROXIES: `127.0.0.1,${SECRET}` }],
    ['TRUSTED_PROXIES', { TRUSTED_PROXIES: '10.0.0.0/33' }],
    ['SUPPORT_EMAIL', { SUPPORT_EMAIL: SECRET }],
    ['SECURITY_CONTACT', { SECURITY_CONTACT: `http://${SECRET}` }],
    ['SERVICE_NAME', { SERVICE_NAME: `<${SECRET}>` }],
    ['OPERATOR_NAME', { OPERATOR_NAME: `${SECRET} `.repeat(4) }],
    ['LOG_LEVEL', { LOG_LEVEL: SECRET }],
    ['LOG_FORMAT', { LOG_FORMAT: 'JSON' }],
    ['REDIS_URL', { REDIS_URL: `http://:${SECRET}@127.0.0.1` }],
    ['REDIS_URL', { REDIS_URL: `redis://127.0.0.1/${SECRET}` }],
    ['REDIS_URL', { ...production, REDIS_URL: `redis://:${SECRET}@valkey.example` }],
    ['REDIS_URL', { REDIS_URL: `redis+sentinel://:${SECRET}@valkey.example:26379` }],
    ['REDIS_URL', { REDIS_URL: `redis+sentinel://:${SECRET}@valkey.example:26379/gate/first` }],
    ['REDIS_URL', { ...production, REDIS_URL: `redis+sentinel://:${SECRET}@127.0.0.1/gate` }],
  ])('name %s when it is %j, and never the value', (name, changes) => {
    const problems = problemsOf({ ...complete, ...changes });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name} `));
    expect(problems[0]).not.toContain(SECRET);
    expect(problems[0]).not.toContain(KEY);
  });

  it('name all that is wrong at once', () => {
    const wrong = { PORT: 'x', LOG_LEVEL: 'x', TRUSTED_PROXIES: 'x' };
    const problems = problemsOf({ ...complete, ...wrong });
    expect(problems.map((one) => one.split(' ')[0]).sort()).toEqual(Object.keys(wrong).sort());
  });

  it('refuse the demo and plain HTTP in production', () => {
    const names = problemsOf({ NODE_ENV: 'production' }).map((one) => one.split(' ')[0]);
    expect(names.sort()).toEqual(['MAIL_FROM', 'PUBLIC_URL', 'SECRET_KEYS', 'SMTP_URL']);
    expect(problemsOf({ ...production, PUBLIC_URL: 'http://portillon.example' })).toHaveLength(1);
    expect(problemsOf(production)).toEqual([]);
  });

  it('let a webhook of the demo go to this machine in clear, and of no other mode', () => {
    const folder = mkdtempSync(join(tmpdir(), 'portillon-demo-'));
    try {
      const own = { OUTBOUND_ALLOW: '10.0.0.5' };
      expect(readSettings(own, folder).outboundAllow).toEqual(['10.0.0.5', 'localhost']);
      expect(readSettings({ ...complete, ...own }, folder).outboundAllow).toEqual(['10.0.0.5']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each(['localhost', '127.0.0.1', '127.0.0.2', '::1'])('let the demo listen on %s', (HOST) => {
    const folder = mkdtempSync(join(tmpdir(), 'portillon-demo-'));
    try {
      expect(readSettings({ HOST }, folder)).toMatchObject({ demo: true, host: HOST });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each([
    ['./data/portillon.db', './data/portillon.db'],
    ['/srv/a:b.db', '/srv/a:b.db'],
    ['sqlite:/srv/portillon.db', 'sqlite:/srv/portillon.db'],
    ['sqlite::memory:', 'sqlite::memory:'],
    [
      'mariadb://portillon:p%40ss@db.example:3307/portillon',
      'mariadb://portillon:p%40ss@db.example:3307/portillon',
    ],
  ])('take the database %s', (DATABASE_URL, databaseUrl) =>
    expect(readSettings({ ...complete, DATABASE_URL }, '/nowhere')).toMatchObject({ databaseUrl }),
  );

  it('say that PostgreSQL is not one of the databases', () =>
    expect(problemsOf({ ...complete, DATABASE_URL: 'postgres://127.0.0.1/x' })[0]).toContain('PostgreSQL'));

  it('take several mail relays, in their order, with a comma in a password', () => {
    const SMTP_URL = 'smtp://user:a,b@one.example:587, smtps://two.example';
    const { mail } = readSettings({ ...complete, SMTP_URL }, '/nowhere');
    expect(mail?.transport).toEqual(['smtp://user:a,b@one.example:587', 'smtps://two.example']);
  });

  it('send mail over TLS alone in production, unless the operator says otherwise', () => {
    const requireTls = (environment: Environment) =>
      readSettings({ ...complete, ...environment }, '/nowhere').mail?.requireTls;
    expect(requireTls(production)).toBe(true);
    expect(requireTls({ ...production, SMTP_ALLOW_PLAIN: 'true' })).toBe(false);
    expect(requireTls({})).toBe(false);
  });

  it.each([
    { DATABASE_URL: 'mysql://portillon@127.0.0.1/portillon', REDIS_URL: 'redis://localhost' },
    { DATABASE_URL: 'mysql://portillon@[::1]/portillon', REDIS_URL: 'redis://[::1]' },
    {
      ...onServer,
      DATABASE_REPLICA_URL: 'mariadb://portillon@replica.example/portillon',
      DATABASE_TLS: 'verify',
      REDIS_URL: 'rediss://valkey.example',
    },
    {
      ...onServer,
      DATABASE_ALLOW_PLAIN: 'true',
      REDIS_ALLOW_PLAIN: '1',
      REDIS_URL: 'redis://valkey.example',
    },
    { ...onServer, DATABASE_TLS: 'verify', REDIS_URL: 'rediss+sentinel://a.example,b.example:26380/gate/1' },
  ])('let production reach its database and Redis by %j', (places) =>
    expect(problemsOf({ ...production, ...places })).toEqual([]),
  );

  it('let a code hold in any browser in production where the operator takes the risk on by name', () => {
    const taken = { ...production, CODE_WINDOW_SCOPE: 'account', ACCEPT_RISK: 'code-window-account' };
    expect(readSettings(taken, '/nowhere')).toMatchObject({ codeWindowScope: 'account' });
  });

  it('keep PKCE on unless the operator accepts the risk by name', () => {
    const isOff = (more: object) => readSettings({ ...production, ...more }, '/nowhere').pkceOff;
    expect([isOff({}), isOff({ ACCEPT_RISK: 'pkce-off' })]).toEqual([false, true]);
  });

  it.each([
    ['production', {}, false],
    ['production', { API_DOCS: 'on' }, true],
    ['test', {}, true],
    ['test', { API_DOCS: 'off' }, false],
  ])('serve the documentation in %s with %j: %s', (NODE_ENV, changes, apiDocs) =>
    expect(readSettings({ ...production, NODE_ENV, ...changes }, '/nowhere')).toMatchObject({ apiDocs }),
  );

  it('warn that administration opens to codes where production has stronger means', () => {
    const psc = {
      PSC_DISCOVERY_URL: 'https://psc.example/.well-known/wallet-openid-configuration',
      PSC_CLIENT_ID: 'portillon',
      PSC_CLIENT_SECRET: SECRET,
    };
    const warningsOf = (changes: Environment) =>
      readSettings({ ...production, ...changes }, '/nowhere').warnings;
    expect(warningsOf(psc)).toEqual([expect.stringMatching(/^ADMIN_STRONG_MEANS is off/)]);
    expect(warningsOf({ ...psc, ADMIN_STRONG_MEANS: 'true' })).toEqual([]);
    expect(warningsOf({})).toEqual([]);
  });

  it('end passwords that moved in on a day, or a year after each', () => {
    expect(readSettings(complete, '/nowhere').moveInUntil).toBeNull();
    const { moveInUntil } = readSettings({ ...complete, MOVE_IN_UNTIL: '2027-12-31' }, '/nowhere');
    expect(moveInUntil).toEqual(new Date('2027-12-31'));
  });

  it('have the defaults of the guide', () => {
    expect(readSettings(complete, '/nowhere')).toMatchObject({
      demo: false,
      host: '0.0.0.0',
      port: 3_000,
      publicUrl: 'http://localhost:3000',
      opsPort: 9_464,
      opsHost: '127.0.0.1',
      database: { replicaUrl: null, tls: { mode: 'off', caFile: null }, poolSize: 10 },
      codeWindowHours: 24,
      codeWindowScope: 'browser',
      sessionIdleMinutes: 30,
      sessionMaxHours: 4,
      acrOfMeans: '',
      accessTokenSeconds: 600,
      trustedProxies: [],
      outboundAllow: [],
      redisUrl: null,
      serviceName: 'Portillon',
      operatorName: null,
      sms: [],
      tls: null,
    });
  });

  it('take an origin with a slash at its end, and a sender with a name', () => {
    const changes = {
      PUBLIC_URL: 'https://Portillon.example:8443/',
      MAIL_FROM: '"Portillon" <a@portillon.example>',
    };
    expect(readSettings({ ...complete, ...changes }, '/nowhere')).toMatchObject({
      publicUrl: 'https://portillon.example:8443',
      mail: { from: '"Portillon" <a@portillon.example>' },
    });
  });
});
