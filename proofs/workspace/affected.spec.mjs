import { expect, it } from 'vitest';
import { runPackage } from '../../tools/workspace/command.mjs';

/** Projects that Nx runs after a change of `file`, by their short names. */
async function affectedBy(file) {
  const { stdout } = await runPackage('nx', ['show', 'projects', '--affected', `--files=${file}`, '--json'], {
    env: { NX_TUI: 'false' },
  });
  return JSON.parse(stdout).map((name) => name.replace('@portillon/', ''));
}

it.each(['libs/audit/src/index.ts', 'libs/otp/src/index.ts'])(
  'marks the server, the pages and every test from outside after a change of %s',
  async (file) => {
    expect(await affectedBy(file)).toEqual(
      expect.arrayContaining(['api', 'api-client', 'web', 'api-e2e', 'web-e2e']),
    );
  },
);

it.each([
  ['apps/web/src/main.ts', ['web', 'web-e2e', 'api-e2e'], ['otp', 'api']],
  ['apps/api/openapi.json', ['api', 'api-client', 'web'], ['auth']],
  ['libs/testing/src/index.ts', ['persistence', 'otp', 'auth', 'api-e2e'], []],
  ['tools/psc-provider/main.mjs', ['api-e2e', 'web-e2e'], ['auth', 'web']],
  ['tools/test-authority/make.mjs', ['cpx', 'api-e2e', 'web-e2e'], ['otp']],
  ['docs/guide/develop.md', [], ['api', 'web', 'otp']],
])('after a change of %s marks %j, and none of %j', async (file, marked, unmarked) => {
  const affected = await affectedBy(file);
  expect(affected).toEqual(expect.arrayContaining(marked));
  expect(affected.filter((name) => unmarked.includes(name))).toEqual([]);
});
