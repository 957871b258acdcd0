import { CommandRefusal } from '../refusal';
import {
  administratorOptions,
  type Answers,
  environmentOf,
  QUESTION_NAMES,
  QUESTIONS,
  shellQuoted,
} from './questions';
import { parseTls } from './tls-answer';

const given: Partial<Answers> = {
  address: 'https://portail.example',
  operator: 'Hôpital d’exemple <support@hopital.example>',
};

/** The suggested answer to every question, after the first two. */
function suggested(): Answers {
  const answers: Partial<Answers> = { ...given };
  for (const name of QUESTION_NAMES) answers[name] ??= QUESTIONS[name].usual(answers);
  return answers as Answers;
}

describe('the questions of portillon init', () => {
  it('are at most eight, each with a default', () => {
    expect(QUESTION_NAMES.length).toBeLessThanOrEqual(8);
    expect(Object.values(suggested()).every((answer) => answer !== '')).toBe(true);
  });

  it('decide the settings of a machine with nginx, a local database and a local relay', () => {
    expect(environmentOf(suggested(), {})).toEqual({
      NODE_ENV: 'production',
      PUBLIC_URL: 'https://portail.example',
      OPERATOR_NAME: 'Hôpital d’exemple',
      SUPPORT_EMAIL: 'support@hopital.example',
      DATABASE_URL: 'mysql://portillon@127.0.0.1:3306/portillon',
      SMTP_URL: 'smtp://127.0.0.1:25?ignoreTLS=true',
      SMTP_ALLOW_PLAIN: 'true',
      MAIL_FROM: 'Portillon <ne-pas-repondre@portail.example>',
      TRUSTED_PROXIES: '127.0.0.1',
    });
  });

  it('require TLS to a database, a relay and counters on other machines', () => {
    const answers = {
      ...suggested(),
      database: 'mysql://root:secret@db.example:3306/portillon',
      mail: 'smtp://mail.example:587',
      machines: 'rediss://valkey.example:6379',
    };
    const settings = environmentOf(answers, {});
    expect(settings).toMatchObject({ DATABASE_TLS: 'verify', REDIS_URL: 'rediss://valkey.example:6379' });
    expect(settings).toMatchObject({ SMTP_URL: 'smtp://mail.example:587' });
    expect(settings).not.toHaveProperty('SMTP_ALLOW_PLAIN');
    expect(settings['DATABASE_URL']).toBe('mysql://portillon@db.example:3306/portillon');
  });

  it('take the settings of an SMS provider, and further settings last', () => {
    const answers = { ...suggested(), sms: 'OVH_SENDER=Portillon OVH_SMS_SERVICE=sms-1' };
    expect(environmentOf(answers, { MAIL_FROM: 'Accès <acces@hopital.example>' })).toMatchObject({
      OVH_SENDER: 'Portillon',
      OVH_SMS_SERVICE: 'sms-1',
      MAIL_FROM: 'Accès <acces@hopital.example>',
    });
  });

  it.each([
    ['address', 'portail.hopital.example'],
    ['address', 'portail.hopital.example:443'],
    ['operator', 'support@hopital.example'],
    ['database', 'postgres://db.example/portillon'],
    ['sms', 'twilio'],
    ['tls', 'apache cert key'],
    ['administrator', 'Hélène Roux'],
  ] as const)('refuse an answer to %s that cannot be read: %s', (name, answer) =>
    expect(() => QUESTIONS[name].settings(answer, given)).toThrow(CommandRefusal),
  );
});

it('reads who ends TLS', () => {
  expect(parseTls('nginx /a.pem /b.pem')).toMatchObject({
    kind: 'nginx',
    certificate: '/a.pem',
    key: '/b.pem',
  });
  expect(parseTls('server /a.pem /b.pem')).toMatchObject({ kind: 'server' });
  expect(parseTls('proxy 10.0.0.0/8')).toMatchObject({ kind: 'proxy', proxy: '10.0.0.0/8' });
});

it('quotes the name of the administrator for a shell', () => {
  const words = administratorOptions('Anne d’Arc; rm -rf / <anne@hopital.example>').map(shellQuoted);
  expect(words.join(' ')).toBe(
    "--username anne --email anne@hopital.example --name 'Anne d’Arc; rm -rf /' --role national-admin",
  );
});
