import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { find } from '../tools/checks/machine.mjs';
import { ROOT } from '../tools/workspace/command.mjs';
import { tryOut } from './strangers/client.mjs';
import { CLIENTS, TOKEN_MS } from './strangers/clients.mjs';
import { prismRow } from './strangers/prism.mjs';
import { PROXIES, proxyRow } from './strangers/proxies.mjs';
import { schemathesisRows } from './strangers/schemathesis.mjs';
import { scimRows } from './strangers/scim.mjs';
import { DemoServer } from './strangers/server.mjs';

const SCRATCH = join(tmpdir(), 'portillon-strangers');
const PAGE = join(ROOT, 'docs/conformance/strangers.md');
const HEAD = `# Foreign clients and suites

Written by \`npm run proofs -- strangers\`: each is installed by its own package manager and runs against the demo. A client runs the program of its page of the [guide](../guide/integrate.md) as it is printed, and a proxy its configuration.

`;

/**
 * Runs the guide's proxies and clients, and third-party test suites. Writes the table of the conformance page. `STRANGERS`
 * selects some, whose table is only printed. @throws if one fails, or its program is missing
 */
export async function prove() {
  mkdirSync(SCRATCH, { recursive: true });
  const only = process.env.STRANGERS?.split(',');
  const isAsked = (name) => !only || only.includes(name);
  const rows = PROXIES.filter(({ name }) => isAsked(name)).map(proxyRow);
  const clients = CLIENTS.filter(({ name }) => isAsked(name));
  if (clients.length || isAsked('scim')) {
    const server = await DemoServer.start(join(SCRATCH, 'server'), {
      OIDC_ACCESS_TOKEN_SECONDS: String(TOKEN_MS / 1_000),
    });
    try {
      for (const client of clients) rows.push(await row(client, server));
      if (isAsked('scim')) rows.push(...(await byPython('scim', () => scimRows(server, folderOf('scim')))));
    } finally {
      await server.stop();
    }
  }
  if (isAsked('prism')) rows.push(await prismRow());
  if (isAsked('schemathesis')) rows.push(...(await byPython('schemathesis', schemathesisRows)));
  const lines = rows.map(({ name, version, result }) => `| ${name} | ${version} | ${result} |`);
  console.log(`\n${lines.join('\n')}\n`);
  if (!only) write(lines);
  const failed = rows.filter(({ result }) => result.startsWith('failed'));
  if (failed.length) throw new Error(`failed: ${failed.map(({ name }) => name).join(', ')}`);
}

function write(lines) {
  const date = `${new Date().toISOString().slice(0, 10)}, Node.js ${process.version}.`;
  const table = ['| client or suite | version | result |', '| --- | --- | --- |', ...lines].join('\n');
  writeFileSync(PAGE, `${HEAD}${table}\n\n${date}\n`);
  execFileSync('npx', ['prettier', '--write', '--log-level', 'warn', PAGE], { cwd: ROOT, stdio: 'inherit' });
}

function folderOf(name) {
  const folder = join(SCRATCH, name);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Rows of a suite, or one row that says that its program is missing. */
async function byPython(name, rows) {
  return find('python3') ? rows() : [missing(name, 'python3')];
}

function missing(name, program) {
  return { name, version: '–', result: `failed: ${program} is not installed` };
}

async function row(client, server) {
  const { name, needs = [] } = client;
  const absent = needs.find((program) => !find(program));
  if (absent) return missing(name, absent);
  const folder = folderOf(name);
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
