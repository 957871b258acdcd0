import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { usesPrograms } from '../jest/programs.cjs';

export const name = 'portillon';

/**
 * Derives targets from the files of a project: `lint` always, `typecheck` and `build` from its tsconfigs, `test` from
 * the configuration of its test runner. `targetDefaults` in nx.json sets their inputs and their caching. Targets of
 * one project (`serve`, `e2e`, the build of an app) are in its package.json.
 */
export const createNodes = [
  '{apps,libs,tools}/*/package.json',
  (manifests, _options, { workspaceRoot }) =>
    manifests.map((manifest) => {
      const root = dirname(manifest);
      return [manifest, { projects: { [root]: { targets: targetsOf(root, workspaceRoot) } } }];
    }),
];

function targetsOf(root, workspaceRoot) {
  const has = (file) => existsSync(join(workspaceRoot, root, file));
  const compiler = has('vite.config.ts') ? 'vue-tsc' : TSC;
  return {
    lint: runs(root, 'eslint . --max-warnings 0'),
    ...(has('tsconfig.json') && { typecheck: runs(root, `${compiler} -p tsconfig.json --noEmit`) }),
    ...(has('tsconfig.lib.json') && { build: runs(root, `${PREPARE} && ${TSC} -p tsconfig.lib.json`) }),
    ...tests(root, has, specsOf(join(workspaceRoot, root))),
  };
}

/**
 * TypeScript 7 takes a seventh of the processor time of TypeScript 5. Version 5 is still installed for ESLint,
 * vue-tsc and Nest's tools, which call the compiler from JavaScript.
 */
const TSC = 'node ../../node_modules/typescript-native/bin/tsc';

/** Removes earlier output, which would be packed otherwise, and copies the licence into each package. */
const PREPARE = `node -e "fs.rmSync('dist', { recursive: true, force: true }); fs.copyFileSync('../../LICENSE', 'LICENSE')"`;

/** Jest does not create the folder of its report. */
const REPORTS = `node -e "fs.mkdirSync('../../tmp/reports', { recursive: true })"`;

/** The specs, and the fixtures that they use. */
function specsOf(folder) {
  return readdirSync(folder, { recursive: true })
    .filter(
      (file) =>
        /\.spec\.ts$|(^|[\\/])testing[\\/].*\.ts$/.test(file) &&
        !/(^|[\\/])(node_modules|dist)[\\/]/.test(file),
    )
    .map((file) => join(folder, file));
}

/**
 * The report is cached with the result, so that `npm test` can count runs that were not repeated. Tests that need no
 * program of the machine run once in CI, which checks a bare machine first.
 */
function tests(root, has, specs) {
  if (!specs.some((file) => file.endsWith('.spec.ts'))) return {};
  const report = `tmp/reports/${basename(root)}.json`;
  const target = (command) => ({ ...runs(root, command), outputs: [`{workspaceRoot}/${report}`] });
  const jest = target(`${REPORTS} && jest --json --outputFile=../../${report}`);
  if (root.endsWith('-e2e')) return has('jest.config.cjs') ? { e2e: jest } : {};
  const needsPrograms = specs.some((file) => usesPrograms(readFileSync(file, 'utf8')));
  const inputs = ['default', '^production', 'testBench', ...(needsPrograms ? ['machine'] : [])];
  if (has('jest.config.cjs')) return { test: { ...jest, inputs } };
  if (!has('vite.config.ts')) return {};
  const vitest = `vitest run --reporter=default --reporter=json --outputFile.json=../../${report}`;
  return { test: { ...target(vitest), inputs } };
}

function runs(cwd, command) {
  return { command, options: { cwd } };
}

/** For `npm test`: writes the result of each task into the file that it names. */
export function postTasksExecution(_options, { taskResults }) {
  const file = process.env.PORTILLON_TASKS_FILE;
  if (!file) return;
  const statuses = Object.entries(taskResults).map(([id, { status }]) => [id, status]);
  writeFileSync(file, JSON.stringify(Object.fromEntries(statuses)));
}
