import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from '../build.mjs';
import { ROOT, runPackage } from '../workspace/command.mjs';
import { licenceProblems } from './licences.mjs';
import { IN_CI, machine } from './machine.mjs';
import { openapiDrift } from './openapi.mjs';
import { checkPackages } from './packages.mjs';
import { jestSums, playwrightSums } from './reports.mjs';

const REPORTS = join(ROOT, 'tmp', 'reports');
const CACHE = join(ROOT, 'node_modules', '.cache');
const LIMIT_MS = 20 * 60_000;
const ALL = Infinity;
const mayLeaveOut = !IN_CI;

rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });

/** Everything that must hold before a change lands. Long before short, so that the cores end together. */
export const checks = [
  check('build', 'Build of the server and the pages', () => build().then(() => pass)),
  check('lint', 'Lint and boundaries', () => tool('eslint', ['.', '--max-warnings', '0', ...eslintCache()])),
  check('packages', 'Every lib built, packed and loaded alone', checkPackages),
  check('types', 'Types of the server', () => types('tsconfig.json', 'server')),
  check('types-browser', 'Types of the browser tests', () => types('apps/web-e2e/tsconfig.json', 'browser')),
  check('types-web', 'Types of the pages', () =>
    tool('vue-tsc', ['-p', 'apps/web/tsconfig.json', '--noEmit']),
  ),
  check('format', 'Format', () =>
    tool('prettier', ['--check', '.', '--log-level', 'warn', ...prettierCache()]),
  ),
  check('knip', 'Unused exports and dependencies', () =>
    tool('knip', ['--no-progress', '--no-config-hints']),
  ),
  check('licences', 'Licences of the dependencies', async () => sentence(licenceProblems().join('\n'))),
  check(
    'openapi',
    'OpenAPI document and client follow the code',
    async () => sentence(await openapiDrift()),
    { needs: ['build'] },
  ),
  check('tools', 'The canary of the boundaries, the proxy, the tools', tools),
  check('web', 'Unit tests of the pages', () => vitest('apps/web', 'web')),
  check('jest', 'Unit, database, race and API tests', jest, { needs: ['build'], cores: ALL }),
  check('browser', 'Browser tests', browser, { needs: ['build'], cores: ALL }),
];

function check(name, title, run, { needs = [], cores = 1 } = {}) {
  return { name, title, run, needs, cores };
}

const pass = { passed: 1, failed: 0 };

function sentence(problem) {
  return problem ? { passed: 0, failed: 1, output: problem } : pass;
}

async function tool(name, args, options = {}) {
  const { code, output } = await runPackage(name, args, { limitMs: LIMIT_MS, ...options });
  return sentence(code === 0 ? '' : output);
}

function types(project, name) {
  const info = join(CACHE, 'tsc', `${name}.tsbuildinfo`);
  return tool('typescript', ['-p', project, '--noEmit', '--incremental', '--tsBuildInfoFile', info], {
    command: 'tsc',
  });
}

async function vitest(folder, name) {
  const file = join(REPORTS, `${name}.json`);
  // Two cores that do other things too are no reason to fail.
  const args = [
    'run',
    '--test-timeout=30000',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ];
  const { code, output } = await runPackage('vitest', args, { cwd: join(ROOT, folder), limitMs: LIMIT_MS });
  return summed(code, output, jestSums(file, { mayLeaveOut }));
}

async function tools() {
  const leftOut =
    machine.nginx && machine.openssl
      ? undefined
      : 'the tests of the proxy (apt-get install nginx-light openssl)';
  return { ...(await vitest('tools', 'tools')), leftOut };
}

async function jest() {
  const file = join(REPORTS, 'jest.json');
  const args = ['--json', `--outputFile=${file}`, '--silent', '--reporters=default'];
  const { code, output } = await runPackage('jest', args, { limitMs: LIMIT_MS });
  return {
    ...summed(code, output, jestSums(file, { mayLeaveOut })),
    leftOut: withoutServers(),
  };
}

function withoutServers() {
  const gaps = [
    machine.mariadb
      ? undefined
      : 'the database tests on MariaDB (apt-get install mariadb-server-core mariadb-client-core)',
    machine.redis ? undefined : 'the tests of the limits in Redis (apt-get install valkey-server)',
  ].filter(Boolean);
  return gaps.length > 0 ? gaps.join('; ') : undefined;
}

async function browser() {
  if (!machine.chromium && !IN_CI) {
    const leftOut = 'the browser tests (apt-get install chromium, or set CHROMIUM_PATH to your Chrome)';
    return { passed: 0, failed: 0, leftOut };
  }
  const file = join(REPORTS, 'browser.json');
  const { code, output } = await runPackage('@playwright/test', ['test', '--reporter=line,json'], {
    command: 'playwright',
    cwd: join(ROOT, 'apps/web-e2e'),
    env: { CHROMIUM_PATH: machine.chromium ?? '', PLAYWRIGHT_JSON_OUTPUT_NAME: file },
    limitMs: LIMIT_MS,
  });
  return summed(code, output, playwrightSums(file, { mayLeaveOut }));
}

/** A runner that ended badly without naming a test has failed all the same; so has one that ran nothing. */
function summed(code, output, { passed, failed }) {
  if (failed === 0 && (code !== 0 || passed === 0)) return { passed, failed: 1, output };
  return { passed, failed, output };
}

function eslintCache() {
  return IN_CI ? [] : ['--cache', '--cache-location', join(CACHE, 'eslint/')];
}

function prettierCache() {
  return IN_CI ? [] : ['--cache', '--cache-location', join(CACHE, 'prettier/cache.json')];
}
