import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ROOT, run } from '../../tools/workspace/command.mjs';

const BUNDLES = ['apps/api/dist', 'apps/web/dist'];
const folder = mkdtempSync(join(tmpdir(), 'portillon-reproducible-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('builds the same server and the same pages, byte for byte, in two clones', async () => {
  const clones = [join(folder, 'one'), join(folder, 'another', 'and longer')];
  for (const clone of clones) await succeed('git', ['clone', '--quiet', '--no-hardlinks', ROOT, clone]);
  const one = await built(clones[0], { TZ: 'UTC' });
  const other = await built(clones[1], { TZ: 'Pacific/Auckland', LC_ALL: 'C' });
  expect(Object.keys(one).length).toBeGreaterThan(100);
  expect(other).toEqual(one);
});

/** The digest of each file of a clone's bundles. */
async function built(clone, environment) {
  // Vitest sets NODE_ENV, with which Vite builds another variant.
  const env = { ...environment, NODE_ENV: '' };
  await succeed('npm', ['ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'], clone, env);
  await succeed('npm', ['run', 'build', '--', '--skip-nx-cache'], clone, env);
  return Object.fromEntries(BUNDLES.flatMap((bundle) => digests(clone, bundle)));
}

function digests(clone, bundle) {
  return readdirSync(join(clone, bundle), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((file) => [file.slice(clone.length), createHash('sha256').update(readFileSync(file)).digest('hex')]);
}

async function succeed(program, args, cwd, env) {
  const { code, output } = await run(program, args, {
    cwd,
    env: { NX_TUI: 'false', NX_DAEMON: 'false', ...env },
  });
  if (code !== 0) throw new Error(output);
}
