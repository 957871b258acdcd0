import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT, run, runNpm, runPackage } from '../workspace/command.mjs';

// Under the root, where Node finds our packages for it.
const CLONE = join(ROOT, 'tmp', 'release');
const NOWHERE = { npm_config_registry: 'http://127.0.0.1:9', NX_TUI: 'false' };

describe('a release of one lib, in a clone that reaches no registry', () => {
  let released;

  beforeAll(async () => {
    rmSync(CLONE, { recursive: true, force: true });
    await run('git', ['clone', '--quiet', '--no-tags', ROOT, CLONE]);
    await git('config', 'user.name', 'A releaser');
    await git('config', 'user.email', 'releaser@portillon.example');
    const args = ['release', 'version', 'minor', '--projects=@portillon/otp'];
    released = await runPackage('nx', args, { cwd: CLONE, env: NOWHERE });
  });

  afterAll(() => rmSync(CLONE, { recursive: true, force: true }));

  it('succeeds', () => {
    expect(released.output).not.toMatch(/E404|ECONNREFUSED/);
    expect(released.code).toBe(0);
  });

  it('raises the version of that lib, and what names it', () => {
    const [before, after] = [ROOT, CLONE].map((root) => manifest(root, 'otp').version);
    const [major, minor] = before.split('.').map(Number);
    expect(after).toBe(`${major}.${minor + 1}.0`);
    expect(manifest(CLONE, 'auth').dependencies['@portillon/otp']).toBe(after);
  });

  it('is one commit with a tag, and leaves nothing behind', async () => {
    expect(await git('status', '--porcelain')).toBe('');
    expect(await git('log', '-1', '--format=%s')).toBe('chore(release): publish');
    expect(await git('tag', '--points-at', 'HEAD')).toContain(
      `@portillon/otp@${manifest(CLONE, 'otp').version}`,
    );
  });

  it('has a lock file that goes with it', async () => {
    const { code, output } = await runNpm(['ci', '--dry-run', '--ignore-scripts'], {
      cwd: CLONE,
      env: NOWHERE,
    });
    expect(output).not.toContain('in sync');
    expect(code).toBe(0);
  });
});

async function git(...args) {
  return (await run('git', args, { cwd: CLONE })).stdout.trim();
}

function manifest(root, lib) {
  return JSON.parse(readFileSync(join(root, 'libs', lib, 'package.json'), 'utf8'));
}
