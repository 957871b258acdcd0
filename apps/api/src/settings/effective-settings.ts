import { AskedSetting, EnvironmentReader } from './environment-reader';
import type { Environment } from './environment.types';
import { settingsOf } from './read/read-settings';
import { fileSettingOf, isSecret } from './secret-files';

export type Origin = 'default' | 'environment' | '.env' | 'file';

export interface EffectiveSetting {
  name: string;
  /** Shows a secret as `set`, and a URL without user, password and query. Null: not set. */
  value: string | null;
  origin: Origin;
}

export interface EffectiveSettings {
  settings: EffectiveSetting[];
  problems: readonly string[];
  warnings: readonly string[];
}

/** Separates the URLs of a list, as they are read. */
const NEXT_URL = /,(?=\s*[a-z][a-z0-9+.-]*:\/\/)/i;
const SET = 'set';

/** The effective settings and their sources, never a secret. `dotenv`: names that `.env` gave. */
export function effectiveSettings(
  environment: Environment,
  workingFolder: string,
  dotenv: ReadonlySet<string>,
): EffectiveSettings {
  const read = new EnvironmentReader(environment);
  settingsOf(read, workingFolder);
  const settings = read.asked.map((one) => ({
    name: one.name,
    value: shown(one),
    origin: originOf(one, dotenv),
  }));
  return { settings, problems: read.problems, warnings: read.warnings };
}

function originOf({ name, given, isFromFile }: AskedSetting, dotenv: ReadonlySet<string>): Origin {
  if (isFromFile) return dotenv.has(fileSettingOf(name)) ? '.env' : 'file';
  if (given === null) return 'default';
  return dotenv.has(name) ? '.env' : 'environment';
}

function shown({ name, given, default: usual }: AskedSetting): string | null {
  if (given === null) return usual;
  if (isSecret(name) && !name.endsWith('_URL')) return SET;
  if (given.includes('://')) return given.split(NEXT_URL).map(withoutCredentials).join(', ');
  // The path of an embedded database is not a URL; a malformed URL may contain a password.
  const isPath = name === 'DATABASE_URL' && !/[@:]/.test(given.replace(/^sqlite:/, ''));
  return isSecret(name) && !isPath ? SET : given;
}

/** Where it leads alone. What does not read as a URL to the letter is not shown: a password may be anywhere in it. */
function withoutCredentials(text: string): string {
  if (!URL.canParse(text)) return SET;
  const { protocol, host, pathname, search, hash } = new URL(text);
  return `${pathname}${search}${hash}`.includes('@') ? SET : `${protocol}//${host}${pathname}`;
}
