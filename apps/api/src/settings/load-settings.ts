import { config } from 'dotenv';
import { readSettings } from './read-settings';
import { Settings } from './settings';

/** The one reader of the environment; a `.env` file is read too, outside production. */
export function loadSettings(): Settings {
  if (process.env['NODE_ENV'] !== 'production') config({ quiet: true });
  return readSettings(process.env, process.cwd());
}
