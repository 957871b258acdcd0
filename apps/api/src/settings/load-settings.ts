import { config } from 'dotenv';
import { captureOutput } from '../logging/capture-output';
import { createLogger, instanceName } from '../logging/logger';
import { EnvironmentReader } from './environment-reader';
import { isProduction, logFormat, readSettings } from './read-settings';
import { Settings } from './settings';

/** The one reader of the environment; a `.env` file is read too, outside production. */
export function loadSettings(): Settings {
  if (process.env['NODE_ENV'] !== 'production') config({ quiet: true });
  return readSettings(process.env, process.cwd());
}

/** The same for a server or a worker, whose output in production is JSON lines alone, also when it does not start. */
export function loadServerSettings(): Settings {
  const read = new EnvironmentReader(process.env);
  if (isProduction(read) && logFormat(read) === 'json')
    captureOutput(createLogger({ logLevel: 'info', logFormat: 'json' }, instanceName(process.pid)));
  return loadSettings();
}
