const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { inOneRegistry, recipe, run, specFilesIn } = require('../../jest.preset.cjs');
const { usesPrograms } = require('./programs.cjs');

const LIBS = join(__dirname, '../../libs');
const GROUPS = 4;

/**
 * The specs of all libraries, in four registries: one for each library would load Nest and TypeORM anew. `machine`:
 * those whose results depend on the programs of the machine, which run again in CI after the bare run, or the others.
 */
module.exports = function libs({ machine }) {
  const groups = Array.from({ length: GROUPS }, () => []);
  for (const [index, lib] of readdirSync(LIBS).entries())
    groups[index % GROUPS].push(...specsOf(lib).filter((file) => needsMachine(lib, file) === machine));
  const shared = { ...recipe, rootDir: LIBS, roots: [LIBS, __dirname] };
  const projects = groups.map((specs, index) =>
    inOneRegistry({ ...shared, displayName: `libs ${index + 1}` }, specs),
  );
  return { ...run, maxWorkers: '100%', projects };
};

const specsOf = (lib) => specFilesIn(join(LIBS, lib));

/** Whether a spec, or a fixture of its library that it may import, uses a program of the machine. */
function needsMachine(lib, file) {
  const text = readFileSync(file, 'utf8');
  if (file.endsWith('.db.spec.ts') || usesPrograms(text)) return true;
  return /from '[^']*\/testing\//.test(text) && fixturesUsePrograms(join(LIBS, lib, 'src/testing'));
}

function fixturesUsePrograms(folder) {
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.ts')) : [];
  return files.some((name) => usesPrograms(readFileSync(join(folder, name), 'utf8')));
}
