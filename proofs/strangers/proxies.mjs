import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ROOT } from '../../tools/workspace/command.mjs';
import { installProxies } from '../proxies.mjs';

const HEADERS = JSON.parse(readFileSync(join(ROOT, 'libs/gate/src/proxies/client-headers.json'), 'utf8'));
const GATE = 'an application behind';
/** The guide's proxies: the program, how it says its version, the tests of its page and their names. */
export const PROXIES = [
  { name: 'nginx', version: ['nginx', '-v'], spec: 'gate-nginx.spec', tests: GATE },
  { name: 'caddy', version: ['caddy', 'version'], spec: 'gate-caddy.spec', tests: GATE },
  { name: 'haproxy', version: ['haproxy', '-v'], spec: 'gate-haproxy.spec', tests: GATE },
  { name: 'traefik', version: ['traefik', 'version'], spec: 'gate-traefik.proof', tests: GATE },
  { name: 'envoy', version: ['envoy', '--version'], spec: 'gate-envoy.proof', tests: GATE },
  { name: 'apache', version: ['apache2', '-v'], spec: 'openid-apache.spec', tests: 'apache\\.md' },
  { name: 'apache-api', version: ['apache2', '-v'], spec: 'openid-apache.spec', tests: 'apache-api\\.md' },
];

/** Sends every header of the gate's list through a proxy with the configuration of its page. Returns a row of the table. */
export function proxyRow({ name, version: [program, option], spec, tests }) {
  const path = [...installProxies(), process.env.PATH].join(delimiter);
  const env = { ...process.env, PATH: path, CI: 'true' };
  const said = spawnSync(program, [option], { env, encoding: 'utf8' });
  if (said.error) return { name, version: '–', result: `failed: ${program} is not installed` };
  const version = /\d+\.\d+\.\d+/.exec(said.stdout + said.stderr)?.[0] ?? '–';
  const only = ['--testRegex', `${spec}\\.ts$`, '-t', `${tests}.*forged header`, '--json'];
  const jest = ['jest', '-c', 'apps/api-e2e/jest.config.cjs', '--forceExit', ...only];
  const { stdout } = spawnSync('npx', jest, {
    cwd: ROOT,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { numPassedTests: passed, numFailedTests: failed } = JSON.parse(
    stdout.slice(stdout.indexOf('{"num')),
  );
  const result = `removes ${HEADERS.length} forged headers, with underscores too`;
  const isGood = passed === 1 && failed === 0;
  console.log(`  ${isGood ? '✓' : '✗'} ${name} ${version}`);
  return { name, version, result: isGood ? result : `failed: ${passed} of 1 tests passed, ${failed} failed` };
}
