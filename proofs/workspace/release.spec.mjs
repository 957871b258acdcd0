import { appendFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT, run, runNpm, runPackage } from '../../tools/workspace/command.mjs';

// Under the root, where Node finds our packages.
const CLONE = join(ROOT, 'tmp', 'release-clone');
const NOWHERE = { npm_config_registry: 'http://127.0.0.1:9', NX_TUI: 'false' };

describe('a release of one lib, in a clone that reaches no registry', () => {
  let released;

  beforeAll(async () => {
    rmSync(CLONE, { recursive: true, force: true });
    await run('git', ['clone', '--quiet', '--no-tags', ROOT, CLONE]);
    await git('config', 'user.name', 'A releaser');
    await git('config', 'user.email', 'releaser@portillon.example');
    appendFileSync(join(CLONE, 'libs/otp/README.md'), '\nNo code is taken on a Sunday.\n');
    await git('commit', '--quiet', '--all', '--message=feat(otp): take no code on a Sunday');
    const args = ['release', '--projects=@portillon/otp', '--skip-publish'];
    released = await runPackage('nx', args, { cwd: CLONE, env: NOWHERE });
  });

  afterAll(() => rmSync(CLONE, { recursive: true, force: true }));

  it('succeeds', () => {
    expect(released.output).not.toMatch(/E404|ECONNREFUSED/);
    expect(released.code).toBe(0);
  });

  it('raises the version of that lib alone, within the range that its dependents ask for', () => {
    const [before, after] = [ROOT, CLONE].map((root) => manifest(root, 'otp').version);
    const [major, minor, patch] = before.split('.').map(Number);
    expect(after).toBe(`${major}.${minor}.${patch + 1}`);
    expect(manifest(CLONE, 'auth')).toEqual(manifest(ROOT, 'auth'));
  });

  it('writes its commits into its changelog', () => {
    const { version } = manifest(CLONE, 'otp');
    const [latest] = changelog('otp').split(/^(?=## )/m);
    expect(latest).toMatch(new RegExp(`^## ${version} `));
    expect(latest).toContain('### Added\n\n- **otp:** take no code on a Sunday\n');
  });

  it('writes what the check of the format takes', async () => {
    const { output } = await runPackage(
      'prettier',
      ['--check', 'libs/*/package.json', 'libs/*/CHANGELOG.md'],
      {
        cwd: CLONE,
      },
    );
    expect(output).toContain('All matched files use Prettier code style!');
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

function changelog(lib) {
  return readFileSync(join(CLONE, 'libs', lib, 'CHANGELOG.md'), 'utf8');
}

function manifest(root, lib) {
  return JSON.parse(readFileSync(join(root, 'libs', lib, 'package.json'), 'utf8'));
}
