import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './client.mjs';

/** A structure for each suite: it reads the first hundred accounts, and both leave accounts behind. */
const TESTERS = [
  {
    name: 'scim2-tester',
    structure: { name: 'Structure of scim2-tester', finess: '750712184' },
    check: tester,
  },
  {
    name: 'scim-sanity',
    structure: { name: 'Structure of scim-sanity', siret: '73282932000074' },
    check: sanity,
  },
];

/**
 * Runs both SCIM suites against the demo, one row of the table each. Only writing groups may fail, which is refused
 * by design.
 */
export async function scimRows(server, folder) {
  const bin = join(folder, 'venv/bin');
  if (!existsSync(bin)) await run(folder, 'python3', ['-m', 'venv', 'venv']);
  await run(folder, join(bin, 'pip'), ['install', '--quiet', 'scim2-tester', 'scim2-cli', 'scim-sanity']);
  const rows = [];
  for (const { name, structure, check } of TESTERS) {
    const about = await run(folder, join(bin, 'pip'), ['show', name]);
    const token = await tokenOf(server, folder, name, structure);
    const result = await check({ folder, bin, url: `${server.url}/scim/v2`, token });
    console.log(`  ${result.startsWith('failed') ? '✗' : '✓'} ${name}: ${result}`);
    rows.push({ name, version: /^Version: (.*)$/m.exec(about)[1], result });
  }
  return rows;
}

async function tokenOf(server, folder, clientId, structure) {
  const secret = await server.command(['application', 'secret']);
  const application = {
    clientId,
    name: clientId,
    kind: 'service',
    structure: structure.finess ?? structure.siret,
    scopes: ['accounts:read', 'accounts:write'],
    resources: [server.url],
    secretRef: 'env:CLIENT_SECRET',
  };
  const file = join(folder, `${clientId}.yaml`);
  // JSON is YAML.
  writeFileSync(file, JSON.stringify({ version: 1, structures: [structure], applications: [application] }));
  await server.command(['apply', file], { CLIENT_SECRET: secret });
  const answer = await fetch(`${server.url}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      scope: application.scopes.join(' '),
      resource: server.url,
    }),
  });
  const { access_token: token } = await answer.json();
  if (!token) throw new Error(`No token for ${clientId}: ${answer.status}`);
  return token;
}

async function tester({ folder, bin, url, token }) {
  const args = ['--url', url, '--header', `Authorization: Bearer ${token}`, 'test', '--verbose'];
  const lines = await linesOf(folder, join(bin, 'scim2'), args);
  const passed = lines.filter((line) => line.startsWith('SUCCESS ')).length;
  const errors = lines.flatMap((line, at) => (line.startsWith('ERROR ') ? [at] : []));
  const others = errors.filter((at) => !lines[at + 1]?.includes('groups can be read only'));
  if (others.length || !passed)
    return `failed: ${others.map((at) => lines[at]).join(', ') || 'nothing passed'}`;
  return `${passed} passed; ${errors.length} write groups, which can be read only`;
}

async function sanity({ folder, bin, url, token }) {
  const args = ['probe', url, '--token', token, '--i-accept-side-effects', '--tls-no-verify'];
  const lines = await linesOf(folder, join(bin, 'scim-sanity'), args);
  const passed = lines.filter((line) => line.includes('[PASS]')).length;
  const failed = lines.flatMap((line) => /\[FAIL\] (.*)/.exec(line)?.[1] ?? []);
  const others = failed.filter((name) => name !== 'POST /Groups');
  if (others.length || !passed) return `failed: ${others.join(', ') || 'nothing passed'}`;
  return `${passed} passed; ${failed.length} failed: POST /Groups, as groups can be read only`;
}

/** Output of a suite, even if it ends with 1. */
async function linesOf(folder, program, args) {
  const output = await run(folder, program, args).catch((error) => `${error.stdout}${error.stderr}`);
  return output.split('\n');
}
