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
    specs: [spec('signs in', 'expected'), spec('tries again', 'flaky'), spec('falls', 'unexpected')],
    suites: [],
  };
  report('web-e2e', {
    stats: {},
    suites: [{ file: 'sign-in.spec.ts', title: 'sign-in.spec.ts', specs: [], suites: [group] }],
  });
  report('tasks', {});
  tests = testsOf(reports, root);
});

afterAll(() => rmSync(root, { recursive: true }));

it.each([
  ['on both engines', 'libs/otp/src/otp.db.spec.ts#a code is used once', 'passed'],
  ['with one of its values', 'libs/otp/src/otp.db.spec.ts#a code is refused for mail', 'passed'],
  [
    'with all of its values, of which one failed',
    'libs/otp/src/otp.db.spec.ts#a code is refused for %s',
    'failed',
  ],
  ['that was skipped', 'libs/otp/src/otp.db.spec.ts#a code is late', 'missing'],
  ['that was renamed', 'libs/otp/src/otp.db.spec.ts#a code is used twice', 'missing'],
  ['of another file', 'libs/otp/src/other.spec.ts#a code is used once', 'missing'],
  ['in a group that a helper made', 'apps/web/test/page.spec.ts#a page closes', 'passed'],
  ['that merely ends alike', 'apps/web/test/page.spec.ts#loses', 'missing'],
  ['of a shared server', 'apps/api-e2e/src/together/scim.spec.ts#a directory grants no role', 'passed'],
  ['of Vitest', 'apps/web/test/page.spec.ts#a page opens', 'passed'],
  ['of the tools', 'tools/checks/licences.spec.mjs#a licence is known', 'passed'],
  ['of Playwright', 'apps/web-e2e/src/sign-in.spec.ts#a person signs in', 'passed'],
  ['of Playwright, at its second try', 'apps/web-e2e/src/sign-in.spec.ts#a person tries again', 'passed'],
  ['of Playwright that failed', 'apps/web-e2e/src/sign-in.spec.ts#a person falls', 'failed'],
  ['that is a command', 'npm run trust', 'command'],
])('knows how a test %s ended', (_what, proof, state) => {
  expect(stateOf(proof, tests)).toBe(state);
});

it('names the row whose proof failed, or did not run', () => {
  const proof = [
    'libs/otp/src/otp.db.spec.ts#a code is refused for %s',
    'libs/otp/src/gone.spec.ts#a code is used once',
  ];
  expect(runProblems([{ file: 'asvs.yaml', id: 'asvs-6.5.1', proof }], tests)).toEqual([
    `asvs.yaml, asvs-6.5.1, proof: "${proof[0]}" failed in the last run.`,
    `asvs.yaml, asvs-6.5.1, proof: "${proof[1]}" did not run in the last run.`,
  ]);
});

function report(name, content) {
  writeFileSync(join(reports, `${name}.json`), JSON.stringify(content));
}
