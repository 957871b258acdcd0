import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';

const START_TIMEOUT_MS = 300_000;
const running = new Set();

/**
 * Starts `program ...args`, Node by default, with `env`, as in production, on its `PORT` or on a free one, and waits for
 * the first answer: `startMs` says how long.
 */
export async function startServer(name, args, env, ground, program = process.execPath) {
  const port = env.PORT ?? (await ground.freePort());
  const logFile = join(ground.folder, `${name}.log`);
  const log = openSync(logFile, 'a');
  const from = performance.now();
  const child = spawn(program, args, {
    env: { NODE_ENV: 'production', ...env, PORT: String(port), HOST: '127.0.0.1' },
    cwd: ground.folder,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  running.add(child);
  const url = `http://127.0.0.1:${port}`;
  while (!(await answers(url))) {
    if (child.exitCode !== null || performance.now() - from > START_TIMEOUT_MS)
      throw new Error(`${name} did not start:\n${readFileSync(logFile, 'utf8')}`);
    await sleep(2);
  }
  const startMs = performance.now() - from;
  return {
    pid: child.pid,
    port,
    url,
    startMs,
    stop: () => end(child, 'SIGTERM'),
    kill: () => end(child, 'SIGKILL'),
  };
}

/** Ends what is still running when the bench itself ends early. */
export function killServers() {
  for (const child of running) child.kill('SIGKILL');
}

async function answers(url) {
  try {
    const { body } = await request(`${url}/api/session`);
    await body.dump();
    return true;
  } catch {
    return false;
  }
}

/** As an operator does, or as the machine when it has no memory left. */
async function end(child, signal) {
  running.delete(child);
  child.kill(signal);
  await once(child, 'exit');
}
