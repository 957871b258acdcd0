import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The root of the repository. */
export const ROOT = join(import.meta.dirname, '..', '..');

const running = new Set();

/**
 * Runs a program to its end and resolves to `{ code, stdout, output }`; `output` is what it wrote to both streams.
 * `limitMs`: after that it is ended, and `code` is 124.
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

/** Runs the program that an installed package brings, such as `eslint`; `command`: which, when it has another name. */
export function runPackage(name, args, options = {}) {
  return run(process.execPath, [program(name, options.command), ...args], options);
}

/** The file that an installed package declares as its command. */
function program(name, command = name.split('/').at(-1)) {
  const manifest = join(ROOT, 'node_modules', name, 'package.json');
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'));
  return join(dirname(manifest), typeof bin === 'string' ? bin : bin[command]);
}

/** Runs npm: the one that started us, or the one of the machine. */
export function runNpm(args, options) {
  const npm = process.env.npm_execpath;
  if (npm?.endsWith('.js')) return run(process.execPath, [npm, ...args], options);
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, options);
}

/** Ends what still runs when the person gives up. */
export function endWithParent() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      for (const child of running) child.kill(signal);
      process.exit(130);
    });
  }
}
