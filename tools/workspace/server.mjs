import { join } from 'node:path';
import { ROOT } from './command.mjs';

/** The command line's own file. */
export const PROGRAM = join(ROOT, 'apps/api/bin/portillon.mjs');
