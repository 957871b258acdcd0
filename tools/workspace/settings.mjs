import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { ROOT } from './command.mjs';

/** Returns a variable of the environment, or of the `.env` file as the server reads it. */
export function setting(name, otherwise) {
  return process.env[name] ?? fromFile()[name] ?? otherwise;
}

/** Whether the server would start as a demo: outside production and without a mail relay. */
export function isDemo() {
  return setting('NODE_ENV') !== 'production' && !setting('SMTP_URL') && !setting('SMTP_URL_FILE');
}

function fromFile() {
  const file = join(ROOT, '.env');
  return existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
}
