import { Keyring, SystemClock, SystemRandom } from '@portillon/kernel';
import { isServerUrl } from '@portillon/persistence';
import { join } from 'node:path';
import { Environment, EnvironmentReader } from './environment-reader';
import { demoKeys } from './demo-keys';
import { cpx } from './read-cpx';
import { proSanteConnect } from './read-pro-sante-connect';
import { ADDRESS, mail, tls, twilio } from './read-providers';
import { LogLevel, Settings, SettingsError } from './settings';

const LOG_LEVELS: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error', 'silent'];
const SMS_DAILY_BUDGET = 2_000;

/**
 * Turns an environment into settings.
 *
 * @throws SettingsError naming every variable that is wrong, without its value.
 */
export function readSettings(environment: Environment, workingFolder: string): Settings {
  const read = new EnvironmentReader(environment);
  const place = placeOf(read, environment['NODE_ENV'] === 'production', workingFolder);
  const settings = {
    ...place,
    ...stores(read, place),
    ...senders(read, place),
    ...means(read, place),
    ...limits(read),
    supportEmail: read.formed('SUPPORT_EMAIL', ADDRESS, 'a mail address'),
    logLevel: read.choice('LOG_LEVEL', LOG_LEVELS, 'info'),
    logFormat: read.choice('LOG_FORMAT', ['json', 'pretty'], place.production ? 'json' : 'pretty'),
  };
  if (read.problems.length > 0) throw new SettingsError(read.problems);
  return settings;
}

type Place = ReturnType<typeof placeOf>;

/** What the rest depends on: whether it is the demo, and where people reach it. */
function placeOf(read: EnvironmentReader, production: boolean, workingFolder: string) {
  const demo = !production && read.text('SMTP_URL') === null;
  const port = read.whole('PORT', 3_000, 1, 65_535);
  return {
    production,
    demo,
    dataFolder: join(workingFolder, 'data'),
    port,
    host: read.text('HOST') ?? (demo ? '127.0.0.1' : '0.0.0.0'),
    publicUrl: publicUrl(read, production, port),
    opsPort: read.whole('OPS_PORT', 9_464, 0, 65_535),
    trustedProxies: read.addresses('TRUSTED_PROXIES'),
    tls: tls(read),
  };
}

function stores(read: EnvironmentReader, { demo, dataFolder }: Place) {
  return {
    databaseUrl: databaseUrl(read, dataFolder),
    redisUrl: redisUrl(read),
    keyring: keyring(read, demo, dataFolder),
  };
}

function senders(read: EnvironmentReader, { demo }: Place) {
  return {
    mail: mail(read, demo),
    twilio: twilio(read),
    smsDailyBudget: read.whole('SMS_DAILY_BUDGET', SMS_DAILY_BUDGET, 0, 1_000_000),
  };
}

function means(read: EnvironmentReader, place: Place) {
  return { proSanteConnect: proSanteConnect(read, place.production), cpx: cpx(read, place) };
}

function limits(read: EnvironmentReader) {
  return {
    codeWindowHours: read.whole('CODE_WINDOW_HOURS', 24, 0, 24),
    codeWindowScope: read.choice('CODE_WINDOW_SCOPE', ['browser', 'account'], 'browser'),
    sessionIdleMinutes: read.whole('SESSION_IDLE_MINUTES', 30, 1, 30),
    sessionMaxHours: read.whole('SESSION_MAX_HOURS', 4, 1, 4),
  };
}

function publicUrl(read: EnvironmentReader, production: boolean, port: number): string {
  const url = read.origin('PUBLIC_URL', production ? ['https:'] : ['http:', 'https:']);
  if (!url && production && !read.text('PUBLIC_URL')) read.refuse('PUBLIC_URL', 'is required in production');
  return url ?? `http://localhost:${port}`;
}

function databaseUrl(read: EnvironmentReader, dataFolder: string): string {
  const text = read.text('DATABASE_URL') ?? join(dataFolder, 'portillon.db');
  const scheme = /^([a-z0-9+]+):\/\//i.exec(text)?.[1];
  if (scheme && !isServerUrl(text) && scheme !== 'sqlite') {
    read.refuse('DATABASE_URL', 'must be mysql://…, mariadb://…, sqlite:… or a file path');
  }
  return text;
}

function redisUrl(read: EnvironmentReader): string | null {
  const url = read.url('REDIS_URL', ['redis:', 'rediss:']);
  if (url && !/^\/?\d*$/.test(new URL(url).pathname))
    read.refuse('REDIS_URL', 'must end in a number, its database');
  return url;
}

function keyring(read: EnvironmentReader, demo: boolean, dataFolder: string): Keyring {
  const text = read.text('SECRET_KEYS');
  if (text === null && demo) return Keyring.parse(demoKeys(dataFolder));
  try {
    return Keyring.parse(text ?? '');
  } catch (error) {
    const why = text === null ? 'is required: make some with "portillon keys new"' : (error as Error).message;
    read.refuse('SECRET_KEYS', why.startsWith('is ') ? why : `is wrong: ${why}`);
    // Never used: the problem above stops the start.
    return new Keyring([{ id: 'none', secret: new SystemRandom(new SystemClock()).bytes(32) }]);
  }
}
