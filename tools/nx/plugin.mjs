import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

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
    ...(hasSpecs(join(workspaceRoot, root)) && tests(root, has)),
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

function hasSpecs(folder) {
  return readdirSync(join(folder), { recursive: true }).some(
    (file) => file.endsWith('.spec.ts') && !/(^|[\\/])(node_modules|dist)[\\/]/.test(file),
  );
}

/** The report is cached with the result, so that `npm test` can count runs that were not repeated. */
function tests(root, has) {
  const report = `tmp/reports/${basename(root)}.json`;
  const target = (command) => ({ ...runs(root, command), outputs: [`{workspaceRoot}/${report}`] });
  const jest = target(`${REPORTS} && jest --json --outputFile=../../${report}`);
  if (has('jest.config.cjs')) return { [root.endsWith('-e2e') ? 'e2e' : 'test']: jest };
  if (!has('vite.config.ts')) return {};
  return { test: target(`vitest run --reporter=default --reporter=json --outputFile.json=../../${report}`) };
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
