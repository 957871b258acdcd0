import { join } from 'node:path';
import { ROOT, run } from '../../workspace/command.mjs';

/** Every table declared by the built server: `PersonalDataRegistry.describe`. */
export async function describedTables() {
  const { code, stdout, output } = await run(process.execPath, [
    join(ROOT, 'apps/api/bin/portillon.mjs'),
    'tables',
  ]);
  if (code !== 0) throw new Error(`portillon tables did not succeed:\n${output}`);
  return JSON.parse(stdout);
}

/** The sections of « Données personnelles » that show a table. */
export function sectionsOf({ columns, section }) {
  const shown = columns.flatMap(({ shownAs }) => (shownAs?.includes('.') ? shownAs.split('.')[0] : []));
  return [...new Set([...shown, ...(section ? [section] : [])])];
}
