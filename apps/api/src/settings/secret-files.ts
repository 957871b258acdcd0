import { smsProviders } from '@portillon/notification';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from './environment.types';

/** Settings that are secrets, or hold a password. */
const SECRETS = [
  'SECRET_KEYS',
  'DATABASE_URL',
  'DATABASE_REPLICA_URL',
  'REDIS_URL',
  'SMTP_URL',
  ...smsProviders.flatMap(({ secrets }) => secrets),
  'PSC_CLIENT_SECRET',
  'ANNUAIRE_KEY',
  'CPX_PROXY_SECRET',
  'GATE_PROXY_SECRET',
  'OTEL_EXPORTER_OTLP_HEADERS',
  'AUDIT_STREAM_HEADERS',
];

/** Begins the name of each file that systemd passes on from the folder of secrets (`LoadCredential=portillon:…`). */
const CREDENTIAL = 'portillon_';

const SECRET_NAME = /SECRET|TOKEN|PASSWORD|PASSPHRASE|HEADERS|(^|_)KEYS?($|_)/;

/** A secret `name` and the file that `NAME_FILE` names in its place. */
export interface SecretFile {
  name: string;
  text: string | null;
  /** Why it cannot be used. */
  problem: string | null;
}

/**
 * Secrets that are stored in files (systemd credentials, secrets of Docker and Kubernetes). `docker inspect` and /proc
 * show an environment to everyone with access to them.
 */
export function secretFiles(environment: Environment): SecretFile[] {
  return SECRETS.flatMap((name) => {
    const file = environment[fileSettingOf(name)]?.trim();
    return file ? [readSecret(name, file, environment)] : [];
  });
}

/** `NAME_FILE` for each file that systemd passes on: `redis-url` of the folder of secrets is REDIS_URL_FILE. */
export function credentialFiles({ CREDENTIALS_DIRECTORY: folder }: Environment): Record<string, string> {
  if (!folder) return {};
  const passed = readdirSync(folder).filter((name) => name.startsWith(CREDENTIAL));
  return Object.fromEntries(passed.map((name) => [fileSettingOf(settingOf(name)), join(folder, name)]));
}

/** Whether the text of a setting is secret: a name that suggests a secret is enough, even when it is not listed here. */
export function isSecret(name: string): boolean {
  return SECRETS.includes(name) || (SECRET_NAME.test(name) && !name.endsWith('_FILE'));
}

/** The setting that names the file of the secret `name`. */
export function fileSettingOf(name: string): string {
  return `${name}_FILE`;
}

function settingOf(credential: string): string {
  return credential.slice(CREDENTIAL.length).toUpperCase().replaceAll('-', '_');
}

function readSecret(name: string, file: string, environment: Environment): SecretFile {
  if (environment[name]?.trim())
    return { name, text: null, problem: `and ${name} exclude each other: unset one` };
  try {
    const text = readFileSync(file, 'utf8').trim();
    return { name, text: text || null, problem: text ? null : 'names an empty file' };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { name, text: null, problem: `names a file that cannot be read (${code})` };
  }
}
