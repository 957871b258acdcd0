import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../workspace/command.mjs';

/** The two walks of the developer guide, from the route to the SQL: each file with the file that it is called from. */
const WALKS = [
  ...readFileSync(join(ROOT, 'docs/guide/develop.md'), 'utf8').matchAll(/```\n(libs\/[\s\S]*?)```/g),
]
  .map(([, walk]) => walk)
  .slice(0, 2)
  .map(steps);

function steps(walk) {
  const path = [];
  return walk.match(/^ *libs\/\S+/gm).map((line) => {
    const depth = line.search(/\S/) / 2;
    const file = line.trim();
    path.splice(depth, Infinity, file);
    return { file, caller: path[depth - 1] };
  });
}

/** Whether the caller imports the file: by its path in a library, by a class that it declares from another. */
function imports(caller, file) {
  const code = readFileSync(join(ROOT, caller), 'utf8');
  const relative = [...code.matchAll(/from '(\.[^']+)'/g)].map(([, path]) =>
    normalize(join(dirname(caller), `${path}.ts`)),
  );
  if (relative.includes(file)) return true;
  const declared = /export class (\w+)/.exec(readFileSync(join(ROOT, file), 'utf8'))[1];
  const names = new RegExp(`import (?:type )?\\{([^}]*)\\} from '@portillon/${file.split('/')[1]}'`, 'g');
  return [...code.matchAll(names)].some(([, list]) => new RegExp(`\\b${declared}\\b`).test(list));
}

describe('the walks through a sign-in in the developer guide', () => {
  it('have each file imported by the one above it', () => {
    expect(WALKS.map((walk) => walk.length)).toEqual([10, 10]);
    const called = WALKS.flat().filter(({ caller }) => caller);
    expect(called.filter(({ caller, file }) => !imports(caller, file))).toEqual([]);
  });

  it('read a submitted code in at most ten files of six libraries', () => {
    const files = WALKS[1].map(({ file }) => file);
    expect(new Set(files).size).toBeLessThanOrEqual(10);
    expect(new Set(files.map((file) => file.split('/')[1])).size).toBeLessThanOrEqual(6);
  });
});
