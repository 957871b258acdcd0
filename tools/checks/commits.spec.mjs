import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROOT, run } from '../workspace/command.mjs';
import { faultOf } from '../workspace/commits.mjs';

const LONG = `fix(otp): ${'a'.repeat(62)}`;

describe('the subject of a commit', () => {
  it.each([
    'feat(otp): refuse a code that was used',
    'feat(openid)!: sign by ES256 alone',
    'docs(guide): say who may come in',
    'chore(release): publish',
    'docs(portillon): tell what changed',
    LONG,
    'Revert "feat(otp): refuse a code that was used"',
  ])('is taken: %s', (subject) => {
    expect(faultOf(subject)).toBeUndefined();
  });

  it.each([
    ['refuse a code that was used', 'type(project)'],
    ['fix: refuse a code that was used', 'type(project)'],
    ['fix(otp) refuse a code', 'type(project)'],
    ['fix(otp): refuse a code.', 'full stop'],
    ['fix(otp):', 'type(project)'],
    ['mend(otp): refuse a code', 'its type is none of feat, fix'],
    // nx release takes the whole text between the parentheses as the name of one project.
    ['fix(otp,codes): refuse a code', 'with one project'],
    ['fix(codes): refuse a code', 'no project or folder is called codes'],
    [`${LONG}a`, 'it has 73 characters'],
  ])('is refused: %s', (subject, fault) => {
    expect(faultOf(subject)).toContain(fault);
  });
});

describe('what Git and npm run', () => {
  let folder;

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'portillon-hooks-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['fix(otp): refuse a code\n\nIt was used.\n# Please enter the commit message\n', 0],
    ['fixup! fix(otp): refuse a code\n', 0],
    ['\n# a comment\nrefuse a code\n', 1],
    ['# nothing but a comment\n', 1],
  ])('answer to the message %j with %i', async (message, expected) => {
    const file = join(folder, 'COMMIT_EDITMSG');
    writeFileSync(file, message);
    const { code } = await run('.githooks/commit-msg', [file]);
    expect(code).toBe(expected);
  });

  it('has Git run the hooks of a clone', async () => {
    await run('git', ['init', '--quiet'], { cwd: folder });
    expect(await prepare(folder)).toBe(0);
    expect(await hooksOf(folder)).toBe('.githooks');
  });

  it('leaves a person the hooks that they have elsewhere', async () => {
    await run('git', ['init', '--quiet'], { cwd: folder });
    await run('git', ['config', 'core.hooksPath', 'mine'], { cwd: folder });
    expect(await prepare(folder)).toBe(0);
    expect(await hooksOf(folder)).toBe('mine');
  });

  it('configures no repository that a tarball of ours lies in', async () => {
    await run('git', ['init', '--quiet'], { cwd: folder });
    expect(await prepare(join(folder, 'vendor', 'portillon'))).toBe(0);
    expect(await hooksOf(folder)).toBe('');
  });

  it('ends well where there is no repository', async () => {
    expect(await prepare(folder)).toBe(0);
  });
});

/** Runs a copy of the script in `root`, as npm does after an installation there. */
async function prepare(root) {
  mkdirSync(join(root, 'tools'), { recursive: true });
  copyFileSync(join(ROOT, 'tools/hooks.mjs'), join(root, 'tools/hooks.mjs'));
  return (await run(process.execPath, ['tools/hooks.mjs'], { cwd: root })).code;
}

async function hooksOf(repository) {
  const { stdout } = await run('git', ['config', '--local', '--get', 'core.hooksPath'], { cwd: repository });
  return stdout.trim();
}
