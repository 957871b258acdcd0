import { Environment } from './environment-reader';
import { readSettings } from './read-settings';
import { SettingsError } from './settings';

const SECRET = 'value-that-nobody-may-read';
const KEY = Buffer.alloc(32, 7).toString('base64');

const complete = {
  SECRET_KEYS: `one:${KEY}`,
  SMTP_URL: 'smtp://127.0.0.1:25',
  MAIL_FROM: 'Portillon <portillon@portillon.example>',
};
const production = { ...complete, NODE_ENV: 'production', PUBLIC_URL: 'https://portillon.example' };
const twilio = {
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'x',
  TWILIO_FROM: '+33700000000',
};

function problemsOf(environment: Environment): readonly string[] {
  try {
    readSettings(environment, '/nowhere');
    return [];
  } catch (error) {
    return (error as SettingsError).problems;
  }
}

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
    ['DATABASE_URL', { DATABASE_URL: `postgres://root:${SECRET}@127.0.0.1/x` }],
    ['SECRET_KEYS', { SECRET_KEYS: SECRET }],
    ['SECRET_KEYS', { SECRET_KEYS: 'one:c2hvcnQ=' }],
    ['SECRET_KEYS', { SECRET_KEYS: `one:${KEY},one:${KEY}` }],
    ['SECRET_KEYS', { SECRET_KEYS: ' ' }],
    ['SMTP_URL', { SMTP_URL: `http://user:${SECRET}@127.0.0.1` }],
    ['SMTP_URL', { SMTP_URL: 'smtp://' }],
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
    ['CODE_WINDOW_HOURS', { CODE_WINDOW_HOURS: '25' }],
    ['CODE_WINDOW_HOURS', { CODE_WINDOW_HOURS: '-1' }],
    ['CODE_WINDOW_SCOPE', { CODE_WINDOW_SCOPE: SECRET }],
    ['SESSION_IDLE_MINUTES', { SESSION_IDLE_MINUTES: '31' }],
    ['SESSION_MAX_HOURS', { SESSION_MAX_HOURS: '5' }],
    ['SMS_DAILY_BUDGET', { SMS_DAILY_BUDGET: '1e3' }],
    ['TRUSTED_PROXIES', { TRUSTED_PROXIES: `127.0.0.1,${SECRET}` }],
    ['TRUSTED_PROXIES', { TRUSTED_PROXIES: '10.0.0.0/33' }],
    ['SUPPORT_EMAIL', { SUPPORT_EMAIL: SECRET }],
    ['LOG_LEVEL', { LOG_LEVEL: SECRET }],
    ['LOG_FORMAT', { LOG_FORMAT: 'JSON' }],
    ['REDIS_URL', { REDIS_URL: `http://:${SECRET}@127.0.0.1` }],
    ['REDIS_URL', { REDIS_URL: `redis://127.0.0.1/${SECRET}` }],
  ])('name %s when it is %j, and never the value', (name, changes) => {
    const problems = problemsOf({ ...complete, ...changes });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name} `));
    expect(problems[0]).not.toContain(SECRET);
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

  it('have the defaults of the guide', () => {
    expect(readSettings(complete, '/nowhere')).toMatchObject({
      demo: false,
      host: '0.0.0.0',
      port: 3_000,
      publicUrl: 'http://localhost:3000',
      opsPort: 9_464,
      codeWindowHours: 24,
      codeWindowScope: 'browser',
      sessionIdleMinutes: 30,
      sessionMaxHours: 4,
      trustedProxies: [],
      redisUrl: null,
      twilio: null,
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
