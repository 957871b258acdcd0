import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Stops a program with its connections open, like a hung machine. Resolves once all threads have stopped. */
export async function freeze(program: ChildProcess): Promise<void> {
  program.kill('SIGSTOP');
  while (!hasStopped(program.pid!)) await sleep(1);
}

function hasStopped(pid: number): boolean {
  const threads = `/proc/${pid}/task`;
  return readdirSync(threads).every((thread) => {
    const [, state] = readFileSync(`${threads}/${thread}/stat`, 'utf8').split(') ');
    return state!.startsWith('T');
  });
}
