import { join } from 'node:path';
import { ROOT } from '../workspace/command.mjs';

/** Where the trust file of a repository stands. */
export function placesOf(root) {
  const pages = join(root, 'docs', 'trust');
  return {
    pages,
    registers: join(pages, 'register'),
    templates: join(pages, 'templates'),
    settings: join(root, '.env.example'),
    guide: join(root, 'docs', 'guide', 'security.md'),
  };
}

export const { pages: PAGES, registers: REGISTERS } = placesOf(ROOT);
/** What is known of weaknesses and waits. */
export const WAITING = join(PAGES, 'weaknesses.yaml');
/** The reports of the last run of the tests, and where the proof is written. */
export const REPORTS = join(ROOT, 'tmp', 'reports');
export const OUTPUT = join(ROOT, 'tmp', 'trust');
