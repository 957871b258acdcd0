import { acrOfMeans } from '@portillon/application';
import { isCalendarDay, Keyring, SystemClock, SystemRandom } from '@portillon/kernel';
import { join } from 'node:path';
import { EnvironmentReader } from '../environment-reader';
import type { Environment } from '../environment.types';
import { demoKeys } from '../demo-keys';
import { isLoopback } from '@portillon/http';
import { cpx } from './read-cpx';
import { auditStream } from './read-audit-stream';
import { database, databaseUrl } from './read-database';
import { gate } from './read-gate';
import { passkeys } from './read-passkeys';
import { annuaire } from './read-annuaire';
import { passwords } from './read-passwords';
import { proSanteConnect } from './read-pro-sante-connect';
import { redisUrl } from './read-redis';
import { mail } from './read-mail';
import { ADDRESS, tls } from './read-providers';
import { readSmsProviders } from './read-sms';
import { statements } from './read-statements';
import { systemd } from './read-systemd';
import { telemetry } from './read-telemetry';
import { Settings, SettingsError } from '../settings';

const LOG_LEVELS: readonly Settings['logLevel'][] = ['trace', 'debug', 'info', 'warn', 'error', 'silent'];
const MODES = ['development', 'test', 'production'] as const;
const HOST_NAME = /^[a-z0-9._:-]+$/i;
/** In a subject line of a mail, in a title, at the top of a page. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{N} .,'’&()-]{0,59}$/u;
const A_NAME = 'a name of at most 60 letters, digits and spaces';
/** One line of `security.txt`. */
const CONTACT = new RegExp(`${ADDRESS.source}|^https://[^\\s<>"]{3,200}$`, 'u');
const SMS_DAILY_BUDGET = 2_000;
/** Reservations that an operator may take on by name. */
const RISKS = ['code-window-account', 'pkce-off'];

/**
 * Turns an environment into settings.
 *
 * @throws SettingsError naming every variable that is wrong, without its value.
 */
export function readSettings(environment: Environment, workingFolder: string): Settings {
  const read = new EnvironmentReader(environment);
  const settings = settingsOf(read, workingFolder);
  if (read.problems.length > 0) throw new SettingsError(read.problems);
  return { ...settings, systemd: systemd(environment), warnings: read.warnings };
}

/** The settings that an operator decides; the rest of {@link Settings} comes from the machine. */
type DecidedSettings = Omit<Settings, 'systemd' | 'warnings'>;

/** Reads every setting. Faults are among the problems of `read`. */
export function settingsOf(read: EnvironmentReader, workingFolder: string): DecidedSettings {
  const place = placeOf(read, workingFolder);
  return {
    ...place,
    ...stores(read, place),
    ...senders(read, place),
    ...means(read, place),
    ...limits(read, place),
    passwords: passwords(read),
    annuaire: annuaire(read, place.production),
    apiDocs: read.choice('API_DOCS', ['on', 'off'], place.production ? 'off' : 'on') === 'on',
    gate: gate(read),
    supportEmail: read.formed('SUPPORT_EMAIL', ADDRESS, 'a mail address'),
    securityContact: read.formed('SECURITY_CONTACT', CONTACT, 'a mail address or an https:// page'),
    serviceName: read.formed('SERVICE_NAME', NAME, A_NAME) ?? read.assumed('SERVICE_NAME', 'Portillon'),
    operatorName: read.formed('OPERATOR_NAME', NAME, A_NAME),
    statements: statements(read),
    logLevel: read.choice('LOG_LEVEL', LOG_LEVELS, 'info'),
    logFormat: logFormat(read),
    telemetry: telemetry(read, place.production),
    auditRetentionMonths: read.whole('AUDIT_RETENTION_MONTHS', { default: 12, min: 6, max: 12 }),
    auditStream: auditStream(read, place.production),
  };
}

/** An unknown mode counts as production: a typo must not open the demo on the operator's real data. */
export function isProduction(read: EnvironmentReader): boolean {
  return !['development', 'test', null].includes(read.text('NODE_ENV'));
}

/** How the log is written. */
export function logFormat(read: EnvironmentReader): Settings['logFormat'] {
  return read.choice('LOG_FORMAT', ['json', 'pretty'], isProduction(read) ? 'json' : 'pretty');
}

type Place = ReturnType<typeof placeOf>;

/** The settings that others depend on: the demo mode, and the public address. */
function placeOf(read: EnvironmentReader, workingFolder: string) {
  const production = isProduction(read);
  read.choice('NODE_ENV', MODES, 'development');
  const demo = !production && read.text('SMTP_URL') === null;
  const port = read.whole('PORT', { default: 3_000, min: 1, max: 65_535 });
  return {
    production,
    demo,
    demoHistoryDays: demo ? read.whole('DEMO_HISTORY_DAYS', { default: 0, min: 0, max: 365 }) : 0,
    demoApplicationUrl: demo ? read.origin('DEMO_APPLICATION_URL', ['http:']) : null,
    dataFolder: join(workingFolder, 'data'),
    port,
    host: host(read, demo),
    publicUrl: publicUrl(read, production, port),
    opsPort: read.whole('OPS_PORT', { default: 9_464, min: 0, max: 65_535 }),
    opsHost:
      read.formed('OPS_HOST', HOST_NAME, 'an address or a host name') ??
      read.assumed('OPS_HOST', '127.0.0.1'),
    trustedProxies: read.addresses('TRUSTED_PROXIES'),
    // A webhook is tried on a laptop: the demo answers this machine alone, and may ask it.
    outboundAllow: [...read.destinations('OUTBOUND_ALLOW'), ...(demo ? ['localhost'] : [])],
    tls: tls(read),
  };
}

/** The demo has public passwords and a public mailbox: it answers this machine alone. */
function host(read: EnvironmentReader, demo: boolean): string {
  const named = read.text('HOST');
  if (demo && named && !isLoopback(named))
    read.refuse('HOST', 'must be a loopback address in the demo, which is what runs without SMTP_URL');
  return named ?? read.assumed('HOST', demo ? '127.0.0.1' : '0.0.0.0');
}

function stores(read: EnvironmentReader, { production, demo, dataFolder }: Place) {
  return {
    databaseUrl: databaseUrl(read, { demo, dataFolder }),
    database: database(read, production),
    redisUrl: redisUrl(read, production),
    keyring: keyring(read, demo, dataFolder),
  };
}

function senders(read: EnvironmentReader, place: Place) {
  return {
    mail: mail(read, place),
    sms: readSmsProviders(read, place),
    smsDailyBudget: read.whole('SMS_DAILY_BUDGET', { default: SMS_DAILY_BUDGET, min: 0, max: 1_000_000 }),
  };
}

function means(read: EnvironmentReader, place: Place) {
  const strong = { proSanteConnect: proSanteConnect(read, place.production), cpx: cpx(read, place) };
  const isStrongOffered = (strong.proSanteConnect ?? strong.cpx) !== null;
  const adminStrongMeans = administratorsNeedStrongMeans(read, place, isStrongOffered);
  const totp = read.choice('TOTP', ['on', 'off'], 'off') === 'on';
  const keys = passkeys(read, place);
  const recoveryCodes = read.choice('RECOVERY_CODES', ['on', 'off'], 'off') === 'on';
  // A recovery code only allows adding one of these means.
  if (recoveryCodes && !keys && !totp) read.refuse('RECOVERY_CODES', 'needs PASSKEYS=on or TOTP=on');
  return { ...strong, passkeys: keys, totp, recoveryCodes, adminStrongMeans };
}

function administratorsNeedStrongMeans(
  read: EnvironmentReader,
  { production }: Place,
  isStrongOffered: boolean,
): boolean {
  const needed = read.yes('ADMIN_STRONG_MEANS');
  // No administrator could enter.
  if (needed && !isStrongOffered)
    read.refuse('ADMIN_STRONG_MEANS', 'needs PSC_DISCOVERY_URL or CPX_TRUST_FILE');
  if (production && !needed && isStrongOffered)
    read.warn('ADMIN_STRONG_MEANS', 'is off: a password and a code by mail administer the whole service');
  return needed;
}

function day(read: EnvironmentReader, name: string): Date | null {
  const text = read.text(name);
  if (text === null) return null;
  if (isCalendarDay(text)) return new Date(text);
  read.refuse(name, 'must be a day, such as 2027-12-31');
  return null;
}

function limits(read: EnvironmentReader, { production }: Place) {
  const accepted = read.stringList('ACCEPT_RISK', RISKS);
  return {
    accountRetentionMonths: read.whole('ACCOUNT_RETENTION_MONTHS', { default: 24, min: 3, max: 60 }),
    moveInUntil: day(read, 'MOVE_IN_UNTIL'),
    codeWindowHours: read.whole('CODE_WINDOW_HOURS', { default: 24, min: 0, max: 24 }),
    codeWindowScope: codeWindowScope(read, production, accepted),
    pkceOff: accepted.includes('pkce-off'),
    sessionIdleMinutes: read.whole('SESSION_IDLE_MINUTES', { default: 30, min: 1, max: 30 }),
    sessionMaxHours: read.whole('SESSION_MAX_HOURS', { default: 4, min: 1, max: 4 }),
    acrOfMeans: levels(read),
    accessTokenSeconds: read.whole('OIDC_ACCESS_TOKEN_SECONDS', { default: 600, min: 60, max: 3_600 }),
  };
}

/** The password alone would open a session from any browser (RIE v2, draft, PS 17): no default, and no oversight. */
function codeWindowScope(
  read: EnvironmentReader,
  production: boolean,
  accepted: readonly string[],
): Settings['codeWindowScope'] {
  const scope = read.choice('CODE_WINDOW_SCOPE', ['browser', 'account'], 'browser');
  if (production && scope === 'account' && !accepted.includes('code-window-account'))
    read.refuse(
      'CODE_WINDOW_SCOPE',
      'must be browser in production, unless ACCEPT_RISK=code-window-account takes on that a password alone opens ' +
        'any browser for hours after a code',
    );
  return scope;
}

function levels(read: EnvironmentReader): string {
  const text = read.text('ACR_OF_MEANS') ?? '';
  try {
    acrOfMeans(text);
  } catch {
    read.refuse(
      'ACR_OF_MEANS',
      'must be ways of signing in with their levels, such as password+sms=eidas1, and a level above what a way proves with the attestation that allows it, such as pro-sante-connect=eidas2@REFERENCE',
    );
  }
  return text;
}

function publicUrl(read: EnvironmentReader, production: boolean, port: number): string {
  const url = read.origin('PUBLIC_URL', production ? ['https:'] : ['http:', 'https:']);
  if (!url && production && !read.text('PUBLIC_URL')) read.refuse('PUBLIC_URL', 'is required in production');
  return url ?? read.assumed('PUBLIC_URL', `http://localhost:${port}`);
}

function keyring(read: EnvironmentReader, demo: boolean, dataFolder: string): Keyring {
  const text = read.text('SECRET_KEYS');
  if (text === null && demo) return Keyring.parse(demoKeys(dataFolder));
  if (text === null) read.refuse('SECRET_KEYS', 'is required: make some with "portillon keys new"');
  else
    try {
      return Keyring.parse(text);
    } catch (error) {
      read.refuse('SECRET_KEYS', `is wrong: ${(error as Error).message}`);
    }
  // Never used: the problem above stops the start.
  return new Keyring([{ id: 'none', secret: new SystemRandom(new SystemClock()).bytes(32) }]);
}
