import { codeChecks, waitingForCode } from '../driver/loads.mjs';
import { alternate, measure, medianOf, quiet } from '../driver/measure.mjs';
import { line, ratioLine, round } from '../driver/table.mjs';

const PEERS = 'Better Auth 0.11, LemonLDAP::NG 0.09';
const WRONG_TRIES = 3; // Of the five that void a code, so that the right one still works.
/** Turns before the first that counts: V8 compiles in the background until some 2,000 codes have come. */
const WARM_UPS = 5;

/**
 * The second step alone, 8 people at once. Each of the waiting sign-ins takes three wrong codes and then the
 * right one; the two kinds are measured apart. The first step, with its hash, is outside the window.
 */
export async function codeCheck(sides, { rounds, count }) {
  const once = (side) => oneRound(side, count);
  const [own, base] = await alternate(sides, rounds, once, { warmUps: WARM_UPS });
  return [...lines('right', own, base), ...lines('wrong', own, base)];
}

async function oneRound(side, count) {
  const started = await waitingForCode(side, count);
  const tries = Array.from({ length: WRONG_TRIES }, () => started).flat();
  await quiet();
  const wrong = await codeChecks(side, tries, 'wrong', (loop) => measure(side, loop));
  const right = await codeChecks(side, started, 'right', (loop) => measure(side, loop));
  return {
    right: right.perSecond,
    wrong: wrong.perSecond,
    rightCpuMs: right.cpuMs,
    wrongCpuMs: wrong.cpuMs,
  };
}

function lines(kind, own, base) {
  const cpu = (results) => medianOf(results, `${kind}CpuMs`);
  return [
    ratioLine(`checking a ${kind} code alone, 8 at once`, medianOf(own, kind), medianOf(base, kind), {
      unit: '/s',
      better: 'higher',
      must: 0.5,
      aim: 0.8,
      peers: PEERS,
    }),
    line('  CPU of server + database', {
      ours: `${round(cpu(own))} ms`,
      floor: `${round(cpu(base))} ms`,
      value: cpu(own) / cpu(base),
    }),
  ];
}
