import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The root of the repository. */
export const ROOT = join(import.meta.dirname, '..', '..');

const running = new Set();

/**
 * Runs a program to its end and resolves to `{ code, stdout, output }`; `output` has both streams. After `limitMs` it
 * is ended, and `code` is 124.
 */
export function run(
  command,
  args,
  { cwd = ROOT, env = {}, limitMs, stdio = ['ignore', 'pipe', 'pipe'] } = {},
) {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio,
  });
  running.add(child);
  const chunks = [];
  const answer = [];
  child.stdout?.on('data', (chunk) => answer.push(chunk) && chunks.push(chunk));
  child.stderr?.on('data', (chunk) => chunks.push(chunk));
  const timer = limitMs && setTimeout(() => end(child, chunks, limitMs), limitMs);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      resolve({ code: child.tooLong ? 124 : (code ?? 1), stdout: text(answer), output: text(chunks) }),
    );
  }).finally(() => {
    clearTimeout(timer);
    running.delete(child);
  });
}

function text(chunks) {
  return Buffer.concat(chunks).toString();
}

function end(child, chunks, limitMs) {
  child.tooLong = true;
  chunks.push(Buffer.from(`\nEnded: it took more than ${limitMs / 60_000} minutes.\n`));
  child.kill('SIGKILL');
}

/** Runs a program of an installed package, such as `eslint`; `command`: its name, if different. */
export function runPackage(name, args, options = {}) {
  return run(process.execPath, [program(name, options.command), ...args], options);
}

/** File of the command that an installed package declares. */
function program(name, command = name.split('/').at(-1)) {
  const manifest = join(ROOT, 'node_modules', name, 'package.json');
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'));
  return join(dirname(manifest), typeof bin === 'string' ? bin : bin[command]);
}

/** Runs npm: the one that started this process, or the machine's. */
export function runNpm(args, options = {}) {
  // `npx` in `tools` would hand down the setting of tools/.npmrc.
  const own = { ...options, env: { ...options.env, npm_config_legacy_peer_deps: undefined } };
  const npm = process.env.npm_execpath;
  if (npm?.endsWith('.js')) return run(process.execPath, [npm, ...args], own);
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, own);
}

/** Ends running programs when the person cancels. */
export function endWithParent() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      for (const child of running) child.kill(signal);
      process.exit(130);
    });
  }
}
