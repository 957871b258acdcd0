import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../tools/workspace/command.mjs';
import { DemoServer } from './server.mjs';

const VERSION = '4.32.5';
const LEAST = 140;
const LIMIT_MS = 10 * 60_000;
const SCRATCH = join(tmpdir(), 'portillon-schemathesis');
const HOOKS = join(ROOT, 'proofs/strangers');
const PROGRAM = join(ROOT, 'apps/api/dist/main.cjs');
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_schema_conformance',
];
/** Settings that enable the routes which the demo disables. */
const SETTINGS = {
  PASSKEYS: 'on',
  TOTP: 'on',
  RECOVERY_CODES: 'on',
  GATE_PROXIES: '127.0.0.1,::1',
  SECURITY_CONTACT: 'mailto:security@portillon.example',
};

/** Runs schemathesis against the demo, signed in as in `schemathesis_hooks.py`. Returns its row of the table. */
export async function schemathesisRows() {
  mkdirSync(SCRATCH, { recursive: true });
  const bin = install();
  const server = await DemoServer.start(join(SCRATCH, 'server'), SETTINGS);
  try {
    const { status } = run(bin, server);
    const { succeeded, tried } = tally();
    const count = `${succeeded} of ${tried} operations answered 2xx`;
    const failed = status !== 0 ? 'failed: stopped, or an answer is not as the document says; ' : '';
    const few = succeeded < LEAST ? `failed: fewer than ${LEAST}; ` : '';
    console.log(`  ${failed || few ? '✗' : '✓'} schemathesis: ${count}`);
    return [{ name: 'schemathesis', version: VERSION, result: `${failed || few}${count}` }];
  } finally {
    await server.stop();
  }
}

function install() {
  const bin = join(SCRATCH, 'venv/bin');
  if (!existsSync(bin)) execFileSync('python3', ['-m', 'venv', join(SCRATCH, 'venv')]);
  execFileSync(join(bin, 'pip'), ['install', '--quiet', `schemathesis==${VERSION}`], { stdio: 'inherit' });
  return bin;
}

function run(bin, { url, folder }) {
  rmSync(TALLY, { force: true });
  const settings = ['env', `--chdir=${folder}`, `PUBLIC_URL=${url}`, 'LOG_LEVEL=warn'];
  const lift = [...settings, process.execPath, PROGRAM, 'limits', 'clear'];
  const args = ['run', join(ROOT, 'apps/api/openapi.json'), '--url', url, '--max-examples', '15'];
  return spawnSync(
    join(bin, 'schemathesis'),
    [...args, '--phases', 'fuzzing', '--mode', 'positive', '--checks', CHECKS.join(','), '--no-color'],
    {
      stdio: 'inherit',
      cwd: SCRATCH,
      timeout: LIMIT_MS,
      env: {
        PATH: process.env.PATH,
        PYTHONPATH: HOOKS,
        PYTHONDONTWRITEBYTECODE: '1',
        SCHEMATHESIS_HOOKS: 'schemathesis_hooks',
        BASE: url,
        TALLY,
        LIFT: JSON.stringify(lift),
      },
    },
  );
}

const TALLY = join(SCRATCH, 'tally.json');

function tally() {
  const answers = Object.values(JSON.parse(readFileSync(TALLY, 'utf8')));
  const succeeded = answers.filter((one) => Object.keys(one).some((status) => /^2\d\d$/.test(status))).length;
  return { succeeded, tried: answers.length };
}
