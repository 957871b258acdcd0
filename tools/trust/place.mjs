import { join } from 'node:path';
import { ROOT } from '../workspace/command.mjs';

/** Where the trust file stands, and where its proof is written. */
export const PAGES = join(ROOT, 'docs', 'trust');
export const REGISTERS = join(PAGES, 'register');
export const TEMPLATES = join(PAGES, 'templates');
export const SETTINGS = join(ROOT, '.env.example');
export const GUIDE = join(ROOT, 'docs', 'guide', 'security.md');
export const REPORTS = join(ROOT, 'tmp', 'reports');
export const OUTPUT = join(ROOT, 'tmp', 'trust');
