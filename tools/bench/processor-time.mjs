import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';

const TICK_MS = 10; // USER_HZ is 100 on every Linux that Node supports.

/** Processor time of a process, including ended threads: utime + stime of proc(5), in ms. */
export function processorMs(pid) {
  const [user, system] = times(pid);
  return user + system;
}

/** Memory that a process holds (VmRSS), in MB. */
export function residentMb(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))[1]) / 1_024;
}

/** Starts to watch the whole machine. The returned function gives the elapsed time and the other processes' share. */
export function machineUse() {
  const startedAt = performance.now();
  const busyBefore = machineBusyMs();
  return () => {
    const elapsed = performance.now() - startedAt;
    const own = times('self').reduce((all, one) => all + one, 0);
    const others = (machineBusyMs() - busyBefore - own) / (elapsed * cpus().length);
    return { seconds: Math.round(elapsed / 1_000), byOthers: Math.round(Math.max(0, others) * 100) };
  };
}

/** The process, then its ended children: user, system. The last bracket ends the name. */
function times(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).map((ticks) => Number(ticks) * TICK_MS);
}

/** All time except idle and waiting for the disk. */
function machineBusyMs() {
  const cpu = /^cpu +(.*)$/m.exec(readFileSync('/proc/stat', 'latin1'))[1].split(' ').map(Number);
  const [user, nice, system, , , irq, softirq] = cpu;
  return (user + nice + system + irq + softirq) * TICK_MS;
}
