import { readStatements } from '@portillon/administration-setup';
import type { EnvironmentReader } from '../environment-reader';
import type { Settings } from '../settings';

/** The operator's texts, read once: a page that the law requires must not fail when it is opened. */
export function statements(read: EnvironmentReader): Settings['statements'] {
  const folder = read.text('SITE_STATEMENTS');
  if (folder === null) return null;
  const { statements: found, problems } = readStatements(folder);
  for (const problem of problems) read.refuse('SITE_STATEMENTS', `cannot be published: ${problem}`);
  return found;
}
