import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HttpConnection, requestBytes } from './http-connection.mjs';
import { processorMs } from './processor-time.mjs';

const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 10_000;
const running = new Set();

/** A server under measurement, in a process of its own. */
export class ServerProcess {
  /** Milliseconds from the start of the process to its first answer. */
  startMs = NaN;
  /** Processor time that it had taken by then, all threads, in ms: the same on a busy machine. */
  startCpuMs = NaN;

  constructor(name, child, port, logFile) {
    Object.assign(this, { name, child, port, logFile });
  }

  get pid() {
    return this.child.pid;
  }

  /** Starts `node ...args` with `env` and waits until `probePath` answers anything at all. */
  static async start({ name, args, env, port, probePath = '/', folder, ipc = false, secure = false }) {
    const logFile = join(folder, `${name.replace(/\W+/g, '-')}.log`);
    const log = openSync(logFile, 'a');
    const from = performance.now();
    const child = spawn(process.execPath, args, {
      env: { PATH: process.env.PATH, ...env, PORT: String(port), HOST: '127.0.0.1' },
      cwd: folder,
      stdio: ['ignore', log, log, ...(ipc ? ['ipc'] : [])],
    });
    closeSync(log);
    running.add(child);
    const server = new ServerProcess(name, child, port, logFile);
    await server.#answering(requestBytes('GET', probePath), from, secure);
    return server;
  }

  async stop() {
    const { child } = this;
    running.delete(child);
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const patience = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await exit;
    clearTimeout(patience);
  }

  async #answering(bytes, from, secure) {
    while (performance.now() - from < START_TIMEOUT_MS && this.child.exitCode === null) {
      try {
        const connection = await HttpConnection[secure ? 'openSecure' : 'open'](this.port);
        await connection.send(bytes);
        this.startMs = performance.now() - from;
        this.startCpuMs = processorMs(this.pid);
        return connection.close();
      } catch {
        await sleep(2);
      }
    }
    throw new Error(`${this.name} did not start:\n${readFileSync(this.logFile, 'utf8').slice(-4_000)}`);
  }
}

/** Ends what is still running when the bench itself ends early. */
export function killAll() {
  for (const child of running) child.kill('SIGKILL');
}
