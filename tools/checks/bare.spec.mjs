import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { barePath } from '../workspace/bare.mjs';
import { ROOT } from '../workspace/command.mjs';

describe('a bare machine, with Node, npm and git only', () => {
  let path;
  const { CI: _ci, CHROMIUM_PATH: _chromium, ...environment } = process.env;
  const run = (...words) => {
    const env = { ...environment, PATH: path };
    return spawnSync(join(path, 'node'), words, { cwd: `${ROOT}/tools`, env, encoding: 'utf8' });
  };

  beforeAll(() => {
    path = barePath();
  });
  afterAll(() => rmSync(path, { recursive: true }));

  it('runs Node from its own folder, which Nx adds to the PATH of each task', () => {
    expect(run('-p', 'process.execPath').stdout.trim()).toBe(join(path, 'node'));
  });

  it('has none of the optional programs', () => {
    const { stdout } = run('checks/machine.mjs');
    expect(JSON.parse(stdout)).toEqual({});
  });

  it('collects every check that asks what the machine has, those that it skips included', () => {
    const specs = readdirSync(`${ROOT}/tools/checks`)
      .filter((name) => name.endsWith('.spec.mjs') && !name.endsWith('.e2e.spec.mjs'))
      .filter((name) => readFileSync(`${ROOT}/tools/checks/${name}`, 'utf8').includes('machine.mjs'));
    const words = ['list', '--config', 'vitest.config.mjs', ...specs];
    const { status, stderr } = run('../node_modules/vitest/vitest.mjs', ...words);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});
