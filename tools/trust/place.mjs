import { join } from 'node:path';
import { ROOT } from '../workspace/command.mjs';

const FOLDER = join(ROOT, 'docs', 'trust');
export const REGISTERS = join(FOLDER, 'register');
export const TEMPLATES = join(FOLDER, 'templates');
export const SETTINGS = join(ROOT, '.env.example');
export const GUIDE = join(ROOT, 'docs', 'guide', 'security.md');
/** Accepted weaknesses. */
export const WAITING = join(FOLDER, 'weaknesses.yaml');
/** Reports of the last test run, and the folder of the proof. */
export const REPORTS = join(ROOT, 'tmp', 'reports');
export const OUTPUT = join(ROOT, 'tmp', 'trust');
