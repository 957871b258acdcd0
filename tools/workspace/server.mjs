import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './command.mjs';

/** The command line's own file. */
export const PROGRAM = join(ROOT, 'apps/api/bin/portillon.mjs');

/** What that file asks of Node in its first line: `#!/usr/bin/env -S node <these>`. */
export const NODE_ARGS = readFileSync(PROGRAM, 'utf8')
  .split('\n', 1)[0]
  .replace(/^.* node\b/, '')
  .split(' ')
  .filter(Boolean);

/** What to give to Node so that it runs the server as an operator does. */
export const SERVER_ARGS = [...NODE_ARGS, PROGRAM];
