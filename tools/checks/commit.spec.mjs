import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../workspace/command.mjs';

const PROGRAM = 'tools/workspace/commit.mjs';

describe('the commit that a build writes into the server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portillon-commit-'));
  const archive = join(folder, 'archive');
  const git = (...words) => execFileSync('git', ['-C', folder, ...words], { encoding: 'utf8' }).trim();
  const commitIn = (root, given) => {
    const env = { ...process.env, PORTILLON_COMMIT: given };
    return execFileSync(process.execPath, [join(root, PROGRAM)], { env, encoding: 'utf8' }).trim();
  };

  beforeAll(() => {
    for (const root of [folder, archive]) {
      mkdirSync(join(root, 'tools/workspace'), { recursive: true });
      for (const file of [PROGRAM, 'tools/workspace/command.mjs']) cpSync(join(ROOT, file), join(root, file));
    }
    git('init', '-q');
    git('add', 'tools');
    git('-c', 'user.name=Test', '-c', 'user.email=test@portillon.example', 'commit', '-qm', 'one');
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is the one of its repository', () => {
    expect(commitIn(folder, '')).toBe(git('rev-parse', 'HEAD').slice(0, 8));
  });

  it('is unknown in an archive that was unpacked inside another repository', () => {
    expect(commitIn(archive, '')).toBe('unknown');
  });

  it('is the given one where there is no repository, as in the context of an image', () => {
    expect(commitIn(archive, '0123456789abcdef')).toBe('01234567');
  });
});
