import './workspace/node-version.mjs';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './workspace/command.mjs';
import { isTaken } from './workspace/port.mjs';
import { setting } from './workspace/settings.mjs';

const DATA = join(ROOT, 'data');

/** Deletes the demo's stored data: database, keys, mailbox. */
async function reset() {
  if (setting('NODE_ENV') === 'production')
    return refuse('This clears the demo, and NODE_ENV is production: nothing was done.');
  if (!existsSync(DATA)) return console.log('There is nothing to clear: the demo has not been started yet.');
  if (await isTaken(Number(setting('PORT', 3000)), setting('HOST', '127.0.0.1')))
    return refuse(
      'Something still listens on the demo’s port: stop it first (Ctrl+C where it runs), then run this again.',
    );
  rmSync(DATA, { recursive: true, force: true });
  console.log(
    'Cleared: the demo’s people, sessions, messages, application and keys. The next "npm start" makes them anew.',
  );
}

function refuse(sentence) {
  console.error(sentence);
  process.exitCode = 1;
}

await reset();
