import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../tools/workspace/command.mjs';
import { CLIENTS } from './strangers/clients.mjs';
import { tryOut } from './strangers/client.mjs';
import { DemoServer } from './strangers/server.mjs';

const SCRATCH = join(tmpdir(), 'portillon-strangers');
const TABLE = join(ROOT, 'tmp', 'strangers.md');

/**
 * The clients of the guide, installed by their own package managers in a scratch folder and run as their pages print them
 * against the demo. Lists what this machine cannot run. @throws where one of them fails.
 */
export async function prove() {
  mkdirSync(SCRATCH, { recursive: true });
  const only = process.env.STRANGERS?.split(',');
  const rows = [];
  const server = await DemoServer.start(join(SCRATCH, 'server'));
  try {
    for (const client of CLIENTS.filter(({ name }) => !only || only.includes(name)))
      rows.push(await row(client, server));
  } finally {
    await server.stop();
  }
  mkdirSync(join(ROOT, 'tmp'), { recursive: true });
  const lines = rows.map(({ name, version, result }) => `| ${name} | ${version} | ${result} |`);
  writeFileSync(TABLE, ['| client | version | result |', '| --- | --- | --- |', ...lines, ''].join('\n'));
  console.log(`\n${lines.join('\n')}\n\nWritten to ${TABLE}`);
  const failed = rows.filter(({ result }) => result.startsWith('failed'));
  if (failed.length) throw new Error(`failed: ${failed.map(({ name }) => name).join(', ')}`);
}

async function row(client, server) {
  const { name, needs = [] } = client;
  const missing = needs.find((program) => !isInstalled(program));
  if (missing) return { name, version: '–', result: `left out: ${missing} is not installed` };
  const folder = join(SCRATCH, name);
  mkdirSync(folder, { recursive: true });
  try {
    const version = await client.install(folder);
    await tryOut(client, folder, server);
    console.log(`  ✓ ${name} ${version}`);
    return { name, version, result: client.result ?? 'signs a person in' };
  } catch (error) {
    console.log(`  ✗ ${name}: ${error.message}`);
    return { name, version: '–', result: `failed: ${error.message.split('\n')[0]}` };
  }
}

function isInstalled(program) {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
