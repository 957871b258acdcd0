import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runProblems, stateOf, testsOf } from './reports.mjs';

const root = mkdtempSync(join(tmpdir(), 'portillon-reports-'));
const reports = join(root, 'reports');
let tests;

const ofJest = (name, ...assertionResults) => ({ testResults: [{ name, assertionResults }] });
const one = (fullName, status = 'passed', file) => ({ fullName, status, ancestorTitles: file ? [file] : [] });
const inOne = (file, name, status) => one(`${file} ${name}`, status, file);

beforeAll(() => {
  for (const folder of ['libs/otp', 'apps/web', 'apps/web-e2e', 'apps/api-e2e/src/together', 'reports'])
    mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, 'apps/api-e2e/src/together/scim.spec.ts'), '');
  const otp = 'src/otp.db.spec.ts';
  report(
    'otp',
    ofJest(
      '/work/tools/jest/all-specs.cjs',
      inOne(otp, 'a code (MariaDB) is used once'),
      inOne(otp, 'a code (embedded) is used once'),
      inOne(otp, 'a code (MariaDB) is refused for mail'),
      inOne(otp, 'a code (embedded) is refused for sms', 'failed'),
      inOne(otp, 'a code (MariaDB) is late', 'pending'),
      inOne('src/later.spec.ts', 'a code is late', 'pending'),
    ),
  );
  report(
    'api-e2e',
    ofJest('/work/tools/jest/all-specs.cjs', inOne('scim.spec.ts', 'a directory grants no role')),
  );
  report(
    'web',
    ofJest('/work/apps/web/test/page.spec.ts', one('a page opens'), one('counted in MariaDB a page closes')),
  );
  report('tools', ofJest('/work/tools/checks/licences.spec.mjs', one('a licence is known')));
  const spec = (title, status) => ({ title, tests: [{ status }] });
  const group = {
    title: 'a person',
    specs: [spec('signs in', 'expected'), spec('tries again', 'flaky')],
    suites: [],
  };
  const leaving = { title: 'a person', specs: [spec('leaves', 'unexpected')], suites: [] };
  report('web-e2e', {
    stats: {},
    suites: [
      { file: 'sign-in.spec.ts', title: 'sign-in.spec.ts', specs: [], suites: [group] },
      { file: 'sign-out.spec.ts', title: 'sign-out.spec.ts', specs: [], suites: [leaving] },
    ],
  });
  report('tasks', {});
  tests = testsOf(reports, root);
});

afterAll(() => rmSync(root, { recursive: true }));

it.each([
  ['whose tests passed, of a shared server', 'apps/api-e2e/src/together/scim.spec.ts', 'passed'],
  ['of which one test failed, on one engine', 'libs/otp/src/otp.db.spec.ts', 'failed'],
  ['of which all were skipped', 'libs/otp/src/later.spec.ts', 'missing'],
  ['that did not run', 'libs/otp/src/other.spec.ts', 'missing'],
  ['of Vitest', 'apps/web/test/page.spec.ts', 'passed'],
  ['of the tools', 'tools/checks/licences.spec.mjs', 'passed'],
  ['of Playwright, of which one passed at its second try', 'apps/web-e2e/src/sign-in.spec.ts', 'passed'],
  ['of Playwright of which one failed', 'apps/web-e2e/src/sign-out.spec.ts', 'failed'],
  ['that is a command', 'npm run trust', 'command'],
])('knows how a file %s ended', (_what, proof, state) => {
  expect(stateOf(proof, tests)).toBe(state);
});

it('names the row whose proof failed, or did not run', () => {
  const proof = ['libs/otp/src/otp.db.spec.ts', 'libs/otp/src/gone.spec.ts', 'apps/web/test/page.spec.ts'];
  expect(runProblems([{ file: 'asvs.yaml', id: 'asvs-6.5.1', proof }], tests)).toEqual([
    `asvs.yaml, asvs-6.5.1, proof: "${proof[0]}" failed in the last run.`,
    `asvs.yaml, asvs-6.5.1, proof: "${proof[1]}" did not run in the last run.`,
  ]);
});

function report(name, content) {
  writeFileSync(join(reports, `${name}.json`), JSON.stringify(content));
}
