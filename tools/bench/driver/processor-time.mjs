import { readdirSync, readFileSync } from 'node:fs';

const TICK_MS = 10; // USER_HZ is 100 on every Linux that Node supports.

/** Processor time of the whole process, threads that ended included, in ms: utime + stime of proc(5). */
export function processorMs(pid) {
  const fields = afterName(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/**
 * What a process has taken so far: in ticks for all its threads, those that ended included, and to the nanosecond for
 * each thread that lives (schedstat). Give two of them to {@link takenBetween}.
 */
export function taken(pid) {
  return { ticksMs: processorMs(pid), threads: threadsOf(pid) };
}

/** Processor ms between two readings of one process: exact unless a thread ended meanwhile, then by ticks. */
export function takenBetween(before, after) {
  const lives = [...before.threads.keys()].every((id) => after.threads.has(id));
  if (!lives) return after.ticksMs - before.ticksMs;
  return [...after.threads].reduce((all, [id, ms]) => all + ms - (before.threads.get(id) ?? 0), 0);
}

/** A thread that ends between the listing and its reading is not there. */
function threadsOf(pid) {
  const threads = new Map();
  for (const id of readdirSync(`/proc/${pid}/task`)) {
    try {
      threads.set(id, threadMs(pid, id));
    } catch (error) {
      if (error.code !== 'ENOENT' && error.code !== 'ESRCH') throw error;
    }
  }
  return threads;
}

function threadMs(pid, id) {
  return Number(readFileSync(`/proc/${pid}/task/${id}/schedstat`, 'latin1').split(' ')[0]) / 1e6;
}

/** Memory that the process holds (VmRSS), in MB. */
export function residentMb(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))[1]) / 1_024;
}

/** Processor time of this process and of its children that have ended, in ms. */
export function ownMs() {
  const fields = afterName(readFileSync('/proc/self/stat', 'latin1'));
  return fields.slice(11, 15).reduce((all, ticks) => all + Number(ticks) * TICK_MS, 0);
}

/** Processor time that anybody on this machine has taken since it started, in ms: proc(5), without idle and iowait. */
export function machineBusyMs() {
  const [user, nice, system, , , irq, softirq] = /^cpu +(.*)$/m
    .exec(readFileSync('/proc/stat', 'latin1'))[1]
    .split(' ')
    .map(Number);
  return (user + nice + system + irq + softirq) * TICK_MS;
}

/** The name of a process may hold spaces and brackets; what follows the last bracket does not. */
function afterName(stat) {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** Processor time of the threads that were made less urgent than the event loop: those that hash. In ms. */
export function hashingMs(pid) {
  const nice = (id) => Number(afterName(readFileSync(`/proc/${pid}/task/${id}/stat`, 'latin1'))[16]) > 0;
  return readdirSync(`/proc/${pid}/task`)
    .filter(nice)
    .reduce((all, id) => all + threadMs(pid, id), 0);
}
