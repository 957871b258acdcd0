import { config } from 'dotenv';
import { captureOutput, createLogger, instanceName } from '@portillon/http';
import { version } from '../../package.json';
import type { Environment } from './environment.types';
import { EffectiveSettings, effectiveSettings } from './effective-settings';
import { EnvironmentReader } from './environment-reader';
import { isProduction, logFormat, readSettings } from './read/read-settings';
import { credentialFiles } from './secret-files';
import { Settings } from './settings';

/** Reads the environment, in this one place. Outside production, also reads a `.env` file. */
export function loadSettings(): Settings {
  readDotenv();
  return readSettings(environment(), process.cwd());
}

/** The result of {@link loadSettings} for each setting, also where some are wrong. */
export function loadEffectiveSettings(): EffectiveSettings {
  const dotenv = readDotenv();
  return effectiveSettings(environment(), process.cwd(), dotenv);
}

function environment(): Environment {
  return { ...credentialFiles(process.env), ...process.env };
}

/** The names of the variables that the `.env` file added to the environment. */
function readDotenv(): Set<string> {
  if (process.env['NODE_ENV'] === 'production') return new Set();
  const before = new Set(Object.keys(process.env));
  const { parsed = {} } = config({ quiet: true });
  return new Set(Object.keys(parsed).filter((name) => !before.has(name)));
}

/** The same for a server or a worker, whose output in production is JSON lines alone, also when it does not start. */
export function loadServerSettings(): Settings {
  const read = new EnvironmentReader(environment());
  if (isProduction(read) && logFormat(read) === 'json')
    captureOutput(
      createLogger({ logLevel: 'info', logFormat: 'json' }, { instance: instanceName(process.pid), version }),
    );
  return loadSettings();
}
