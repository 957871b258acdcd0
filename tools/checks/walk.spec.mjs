import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../workspace/command.mjs';

/** A sign-in from the route to the SQL, as in the developer guide: the first block that names files. */
function walk() {
  const guide = readFileSync(join(ROOT, 'docs/guide/develop.md'), 'utf8');
  return /```\n(libs\/auth\/src\/[\s\S]*?)```/.exec(guide)[1];
}

function stands(name) {
  return existsSync(join(ROOT, name)) || existsSync(join(ROOT, 'libs/auth/src', name));
}

it('every file that the walk through a sign-in names stands where it says', () => {
  const named = walk().match(/[\w./-]+\.ts\b/g);
  expect(named.length).toBeGreaterThan(15);
  expect(named.filter((name) => !stands(name))).toEqual([]);
});
