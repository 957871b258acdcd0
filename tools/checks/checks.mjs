import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { prove } from '../trust/prove.mjs';
import { linesOf } from '../trust/tell.mjs';
import { ROOT, endWithParent, runPackage } from '../workspace/command.mjs';
import { gaps, IN_CI } from './machine.mjs';
import { sumsOf } from './reports.mjs';

const REPORTS = join(ROOT, 'tmp', 'reports');
const TASKS = join(REPORTS, 'tasks.json');
const LIMIT_MS = 60 * 60_000;
const TRUST = 'trust';

/**
 * Checks of the whole workspace run in one process each: a dozen linters of a dozen projects would take ten times as
 * long, and the specs of the libraries, each in its own process, twice.
 */
const TARGETS = ['check-types', 'check-libs', 'check-libs-machine', 'test'];
const TARGETS_OF_CI = [...TARGETS, 'check-lint', 'check-format', 'check-unused', 'e2e'];
const LEFT_FOR_CI =
  'lint, format and unused code (npm run lint, npm run format:check, npm run unused), the built server over HTTP and in a browser, every package, what each act asks of the database, what the trust file claims of this run (CI=true npm test)';

/** Runs all checks of a change through Nx; resolves to the totals and the next steps. */
export async function runChecks() {
  rmSync(REPORTS, { recursive: true, force: true });
  mkdirSync(REPORTS, { recursive: true });
  endWithParent();
  const targets = IN_CI ? TARGETS_OF_CI : TARGETS;
  await runPackage(
    'nx',
    ['run-many', '-t', ...targets, '--exclude=libs/*', `--parallel=${availableParallelism()}`],
    {
      env: { NX_TUI: 'false', PORTILLON_TASKS_FILE: TASKS },
      limitMs: LIMIT_MS,
      stdio: 'inherit',
    },
  );
  return summary(IN_CI ? [[TRUST, await trustSums()]] : []);
}

/** Compares the trust file's claims with the reports of this run: it counts as one check. */
async function trustSums() {
  const { problems } = await prove().catch((error) => ({ problems: [error.message] }));
  for (const line of linesOf(problems)) console.log(line);
  return { passed: Number(problems.length === 0), failed: Number(problems.length > 0) };
}

function summary(others) {
  const tasks = existsSync(TASKS) ? JSON.parse(readFileSync(TASKS, 'utf8')) : { 'nx:start': 'failure' };
  const sums = [...Object.entries(tasks).map(([id, status]) => [id, taskSums(id, status)]), ...others];
  const total = (what) => sums.reduce((sum, [, one]) => sum + one[what], 0);
  return {
    passed: total('passed'),
    failed: total('failed'),
    advice: advice(sums.filter(([, { failed }]) => failed > 0)),
  };
}

/**
 * A test task counts its tests, any other task counts one. A failed task without a failed test counts as a failure
 * too.
 */
function taskSums(id, status) {
  const succeeded = ['success', 'local-cache', 'local-cache-kept-existing'].includes(status);
  const report = reportOf(id);
  const { passed, failed } = report
    ? sumsOf(report, { mayLeaveOut: !IN_CI })
    : { passed: Number(succeeded), failed: 0 };
  return { passed, failed: failed || Number(!succeeded) };
}

function reportOf(id) {
  if (id === 'tools:e2e') return join(REPORTS, 'tools-e2e.json');
  const [, libs] = /:check-(libs.*)$/.exec(id) ?? [];
  if (libs) return join(REPORTS, `${libs}.json`);
  const [project, target] = id.split(':');
  return ['test', 'e2e'].includes(target) ? join(REPORTS, `${project.split('/').at(-1)}.json`) : undefined;
}

function advice(broken) {
  if (broken.length) {
    const names = broken.map(([id]) => (id === TRUST ? `npm run ${id}` : `npx nx run ${id}`)).join(', ');
    return `Look above at what failed, fix it and run "npm test" again. One alone: ${names}.`;
  }
  const leftOut = [...gaps(), ...(IN_CI ? [] : [LEFT_FOR_CI])];
  if (leftOut.length) return `All that was checked here holds. Left out: ${leftOut.join('; ')}.`;
  return 'Everything holds: the change is ready to be proposed.';
}
