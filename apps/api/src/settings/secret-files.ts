import { smsProviders } from '@portillon/notification';
import { readFileSync } from 'node:fs';
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

/** Whether the text of a setting is secret: a name that suggests a secret is enough, even when it is not listed here. */
export function isSecret(name: string): boolean {
  return SECRETS.includes(name) || (SECRET_NAME.test(name) && !name.endsWith('_FILE'));
}

/** The setting that names the file of the secret `name`. */
export function fileSettingOf(name: string): string {
  return `${name}_FILE`;
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
