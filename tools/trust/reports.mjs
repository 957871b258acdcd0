import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isCommand } from './sources.mjs';

const FOLDERS = ['apps', 'libs'];

/** Results of the last run, by the file that declares the tests, from the reporters' JSON in `folder`. */
export function testsOf(folder, root) {
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : [];
  const tests = new Map();
  for (const file of files.filter((one) => one !== 'tasks.json')) {
    const report = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    const project = projectOf(basename(file, '.json'), root);
    const found = report.stats ? ofPlaywright(report, project) : ofJest(report, project, root);
    for (const { spec, status } of found) tests.set(spec, [...(tests.get(spec) ?? []), status]);
  }
  return tests;
}

/** Problems of a proof in the last run: its file did not run, or a test failed. */
export function runProblems(rows, tests) {
  return rows.flatMap(({ file, id, proof }) =>
    proof.flatMap((one) => {
      const state = stateOf(one, tests);
      return ['passed', 'command'].includes(state)
        ? []
        : [`${file}, ${id}, proof: "${one}" ${PHRASES[state]}`];
    }),
  );
}

/** Result of a proof in the last run. Without a report, it did not run. */
export function stateOf(proof, tests) {
  if (isCommand(proof)) return 'command';
  const statuses = new Set(tests.get(proof));
  if (statuses.has('failed')) return 'failed';
  return statuses.has('passed') ? 'passed' : 'missing';
}

const PHRASES = { failed: 'failed in the last run.', missing: 'did not run in the last run.' };

function projectOf(name, root) {
  if (name.startsWith('tools')) return 'tools';
  if (name.startsWith('libs')) return 'libs';
  return FOLDERS.map((folder) => `${folder}/${name}`).find((path) => existsSync(join(root, path))) ?? name;
}

/** Under Nx the specs of a project run as one Jest file, whose groups have their names. */
function ofJest({ testResults }, project, root) {
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ ancestorTitles: [file], status }) => ({
      spec: name.endsWith('all-specs.cjs') ? inProject(file, project, root) : specOf(name, project),
      status,
    })),
  );
}

function specOf(path, project) {
  const normal = path.replaceAll('\\', '/');
  return normal.slice(normal.lastIndexOf(`/${project}/`) + 1);
}

/** Specs of `together` share a server, which names them. */
function inProject(file, project, root) {
  const places = [`${project}/${file}`, `${project}/src/together/${file}`];
  return places.find((path) => existsSync(join(root, path))) ?? places[0];
}

function ofPlaywright({ suites }, project) {
  return suites.flatMap((suite) => ofSuite(suite, `${project}/src/${suite.file}`));
}

function ofSuite({ specs = [], suites = [] }, spec) {
  return [
    ...specs.map(({ tests }) => ({ spec, status: statusOf(tests.map(({ status }) => status)) })),
    ...suites.flatMap((suite) => ofSuite(suite, spec)),
  ];
}

/** `flaky`: passed on a retry, which counts as in the totals. */
function statusOf(statuses) {
  if (statuses.includes('unexpected')) return 'failed';
  return statuses.every((one) => one === 'skipped') ? 'skipped' : 'passed';
}
