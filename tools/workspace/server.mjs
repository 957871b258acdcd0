import { join } from 'node:path';
import { ROOT } from './command.mjs';

/** File of the command line. */
export const PROGRAM = join(ROOT, 'apps/api/bin/portillon.mjs');
