import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../tools/checks/proxy.mjs';
import { ROOT } from '../../tools/workspace/command.mjs';
import { answers } from './server.mjs';

const VERSION = '5.14.2';
const SCRATCH = join(tmpdir(), 'portillon-prism');
const START_TRIES = 300;
/** Headers of one hop only, and redirect targets, which Prism would follow. */
const LEFT_OUT = /^(connection|keep-alive|transfer-encoding|content-length|date|location)$/;
/** Prism's answer for a path that the document lacks. */
const UNKNOWN = 'Selected route not found';

/**
 * Replays the traffic of the API tests through Prism as a validating proxy, with the recorded answers. `EXCHANGES`
 * names the file of an earlier run. Resolves to the row of the table.
 */
export async function prismRow() {
  mkdirSync(SCRATCH, { recursive: true });
  install();
  const file = process.env.EXCHANGES ?? record();
  const found = await replay(file);
  for (const [violation, example] of found.violations) console.log(`  ${violation}, as in ${example}`);
  const result = `${found.violations.size} undocumented answers among ${found.count} of the API tests`;
  if (found.count === 0) throw new Error('Nothing was exchanged.');
  return { name: 'prism', version: VERSION, result: found.violations.size ? `failed: ${result}` : result };
}

function install() {
  writeFileSync(join(SCRATCH, 'package.json'), '{ "private": true }');
  const packages = [`@stoplight/prism-cli@${VERSION}`];
  execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund', ...packages], { cwd: SCRATCH });
}

/** Runs the API tests. Their results do not matter here: this proof checks the recorded traffic. */
function record() {
  const file = join(SCRATCH, 'exchanges.jsonl');
  rmSync(file, { force: true });
  const jest = ['jest', '-c', 'apps/api-e2e/jest.config.cjs', '--forceExit'];
  spawnSync('npx', jest, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, EXCHANGES: file } });
  return file;
}

async function replay(file) {
  let latest = { status: 204, headers: {}, text: '' };
  const mirror = createServer((_request, response) => {
    const { status, headers, text } = latest;
    const kept = Object.entries(headers).filter(([name]) => !LEFT_OUT.test(name));
    response.writeHead(status, Object.fromEntries(kept)).end(text);
  }).listen(0, '127.0.0.1');
  const url = `http://127.0.0.1:${await freePort()}`;
  const prism = await start(url, mirror);
  const found = { count: 0, violations: new Map() };
  try {
    for await (const line of createInterface({ input: createReadStream(file) })) {
      const exchange = JSON.parse(line);
      latest = exchange.answer;
      await send(url, exchange, found);
    }
  } finally {
    prism.kill('SIGTERM');
    mirror.close();
  }
  return found;
}

async function start(url, mirror) {
  const document = join(ROOT, 'apps/api/openapi.json');
  const upstream = `http://127.0.0.1:${mirror.address().port}`;
  const args = ['proxy', document, upstream, '--errors=false', '--validate-request=false'];
  const program = join(SCRATCH, 'node_modules/.bin/prism');
  const prism = spawn(program, [...args, '--cors=false', '-v', 'silent', '-p', new URL(url).port], {
    stdio: 'inherit',
  });
  for (let left = START_TRIES; left > 0 && prism.exitCode === null; left -= 1) {
    if (await answers(url)) return prism;
    await sleep(100);
  }
  throw new Error('Prism did not start.');
}

/** One exchange, and Prism's complaints about its answer. Requests do not count: tests often send invalid ones. */
async function send(url, { method, path, answer }, found) {
  // Sent byte for byte, as by the tests.
  const sent = request(url, { method, path, agent: false }).end();
  const [response] = await once(sent, 'response');
  await once(response.resume(), 'end');
  if (response.statusCode !== answer.status) throw new Error(`Prism answers ${method} ${path} itself.`);
  const violations = JSON.parse(response.headers['sl-violations'] ?? '[]');
  if (violations.some(({ message }) => message === UNKNOWN)) return;
  found.count += 1;
  for (const { location, message } of violations.filter(({ location: [part] }) => part === 'response')) {
    const violation = `${location.join('.')}: ${message}`;
    if (!found.violations.has(violation)) found.violations.set(violation, `${method} ${path}`);
  }
}
