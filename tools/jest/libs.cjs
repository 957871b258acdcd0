const { readdirSync, readFileSync, statSync } = require('node:fs');
const { join } = require('node:path');
const { inOneRegistry, recipe, run, specFilesIn } = require('../../jest.preset.cjs');
const { usesPrograms } = require('./programs.cjs');

const LIBS = join(__dirname, '../../libs');
/** Two for each worker, so that neither waits long for the other. */
const GROUPS = 4;

/** Whether a spec, or a fixture of its library that it imports, uses a program of the machine. */
function needsMachine(lib) {
  const fixtures = join(LIBS, lib, 'src/testing');
  const ofFixtures = filesIn(fixtures).some((name) =>
    usesPrograms(readFileSync(join(fixtures, name), 'utf8')),
  );
  return (file) => {
    const text = readFileSync(file, 'utf8');
    return (
      file.endsWith('.db.spec.ts') ||
      usesPrograms(text) ||
      (ofFixtures && /from '[^']*\/testing\//.test(text))
    );
  };
}

function filesIn(folder) {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.ts'));
  } catch {
    return [];
  }
}

/**
 * The specs of all libraries, in a few registries: a library's own would load Nest and TypeORM anew. `machine`: those
 * whose results depend on the programs of the machine, which run again in CI after the bare run, or the others.
 */
module.exports = function libs({ machine, ...changes }) {
  const specsOfLibs = readdirSync(LIBS).map((lib) => {
    const needs = needsMachine(lib);
    return specFilesIn(join(LIBS, lib)).filter((file) => needs(file) === machine);
  });
  const shared = { ...recipe, ...changes, rootDir: LIBS, roots: [LIBS, __dirname] };
  return {
    ...run,
    maxWorkers: '100%',
    projects: groupsOf(specsOfLibs).map((specs, index) =>
      inOneRegistry({ ...shared, displayName: `libs ${index + 1}` }, specs),
    ),
  };
};

/** Groups of about one size; the specs of a library stay together. */
function groupsOf(specsOfLibs) {
  const groups = Array.from({ length: GROUPS }, () => ({ size: 0, specs: [] }));
  const sized = specsOfLibs.map((specs) => ({
    specs,
    size: specs.reduce((sum, file) => sum + statSync(file).size, 0),
  }));
  for (const { specs, size } of sized.sort((one, other) => other.size - one.size)) {
    const smallest = groups.reduce((one, other) => (other.size < one.size ? other : one));
    smallest.size += size;
    smallest.specs.push(...specs);
  }
  return groups.map(({ specs }) => specs);
}
