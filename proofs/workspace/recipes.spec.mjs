import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf } from '../../tools/trust/code/code.mjs';
import { ROOT, run } from '../../tools/workspace/command.mjs';
import { CHANNEL_FILES, MESSAGE_STEPS, PROVIDER_FILES } from './message-recipes.mjs';
import {
  build,
  CLONE,
  cloned,
  FACTOR_EDITS,
  FIELD_FILES,
  git,
  printedBySources,
  runIn,
  STEPS,
  succeed,
  TABLE_FILES,
} from './recipes.mjs';

/** `release.spec.mjs` and `upgrade.spec.mjs` prove those of a release, `tools/trust/code/pages.spec.mjs` and `rgaa.spec.mjs` the pages. */
const PROVEN_ELSEWHERE = [
  'A release',
  'Releasing libs alone',
  'Releasing the product',
  'What an auditor reads of it',
  'A page',
];
const ALL = { ...STEPS, ...MESSAGE_STEPS };
const MADE = ['libs/locker', 'libs/locker-desk', 'libs/locker-key'];
/** Where recipes put their files in what was there. */
const EDITED = [
  'libs/notification/src',
  'apps/web/src/composables/codes/channels.ts',
  'apps/web/src/factors.ts',
  'apps/web/src/ui/codes',
  'apps/api-e2e/src/means/locker-key.spec.ts',
];

describe('a domain and a feature, added as the guide says', () => {
  beforeAll(async () => {
    await cloned();
    for (const step of Object.values(ALL)) await step();
    await build();
  });

  afterAll(() => rmSync(CLONE, { recursive: true, force: true }));

  it('follow each recipe that the guide has', () => {
    const guide = readFileSync(join(ROOT, 'docs/guide/develop.md'), 'utf8');
    const recipes = guide.slice(guide.indexOf('## Recipes'), guide.indexOf('## Traps'));
    const names = [...recipes.matchAll(/^### (.+)$/gm)].map(([, name]) => name);
    expect(names.filter((name) => !PROVEN_ELSEWHERE.includes(name)).sort()).toEqual(Object.keys(ALL).sort());
  });

  it('have a new table, its personal data included, in at most four files', () => {
    expect(TABLE_FILES).toHaveLength(4);
  });

  it('have a new step-up method in at most fifteen edits of files that were there', () => {
    expect(FACTOR_EDITS.length).toBeLessThanOrEqual(15);
  });

  it('have a new field of a structure in at most twelve files', () => {
    expect(FIELD_FILES.length).toBeLessThanOrEqual(12);
  });

  it('have a new provider of SMS in at most five files, and a new channel in at most twelve', () => {
    expect(PROVIDER_FILES.length).toBeLessThanOrEqual(5);
    expect(CHANNEL_FILES.length).toBeLessThanOrEqual(12);
  });

  it('send by both, and offer and count the codes of the channel', async () => {
    await runIn('libs/notification', 'jest', 'parrot|voice');
    await runIn('libs/auth', 'jest', 'voice');
    await runIn('apps/api', 'jest', 'read-sms');
    const { CodeChannel, FactorWay } = JSON.parse(await printedBySources('openapi')).components.schemas;
    expect(CodeChannel.enum).toEqual(['EMAIL', 'SMS', 'VOICE']);
    expect(FactorWay.enum).toContain('VOICE');
  });

  it('offer and take the step-up method; write, read and export the field', async () => {
    await runIn('apps/api-e2e', 'jest', 'locker-key', 'town');
  });

  it('have clean types, and leave those of the server clean', async () => {
    const include = ['../apps/api/src/main.ts', ...MADE.map((lib) => `../${lib}/src`)];
    const compilerOptions = { noEmit: true, types: ['node', 'jest'], allowImportingTsExtensions: true };
    mkdirSync(join(CLONE, 'tmp'), { recursive: true });
    write('tmp/tsconfig.json', { extends: '../tsconfig.base.json', compilerOptions, include });
    await runIn('.', 'typescript', '-p', 'tmp');
    await runIn('.', 'vue-tsc', '-p', 'apps/web', '--noEmit');
  });

  it('keep the rules of lint and the boundaries', async () => {
    await runIn('.', 'eslint', ...MADE, ...EDITED, '--max-warnings', '0');
  });

  it('pass their own specs, on both engines', async () => {
    for (const lib of MADE) await runIn(lib, 'jest', '--passWithNoTests');
  });

  it('are known to the checks of the settings, the tables, the exports and the pages', async () => {
    await git('add', '--all');
    const names = ['settings', 'landed-migrations', 'words', 'exports'];
    const checks = names.map((name) => `checks/${name}.spec`);
    await runIn('tools', 'vitest', 'run', '--config', 'vitest.config.mjs', ...checks);
    await runIn('apps/api', 'jest', 'persistence-parts');
    await succeed(run(process.execPath, ['tools/journal.mjs'], { cwd: CLONE }));
    await runIn('apps/web', 'vitest', 'run', 'src/locales', 'src/features/administration/structures');
    const { flowProblems } = await import(join(CLONE, 'tools/trust/code/flows.mjs'));
    expect(flowProblems(codeOf(CLONE))).toEqual([]);
  });

  it('are a part of the server, whose document describes the route and its refusals', async () => {
    const { post } = JSON.parse(await printedBySources('openapi')).paths['/api/locker-openings'];
    expect(post.responses[409].description).toContain('locker.open');
  });
});

function write(file, value) {
  writeFileSync(join(CLONE, file), JSON.stringify(value));
}
