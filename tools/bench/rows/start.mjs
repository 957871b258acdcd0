import { setTimeout as sleep } from 'node:timers/promises';
import { signIns } from '../loads.mjs';
import { inTurn, medianOf } from '../measure.mjs';
import { residentMb } from '../processor-time.mjs';
import { makeProductBase, startProduct } from '../product.mjs';
import { line, ratioLine, round } from '../table.mjs';

const IDLE_MS = 2_000;

/** The start of the built server, and what its process holds: idle, and after many sign-ins. */
export async function start(ground, plan) {
  const base = await makeProductBase(ground, 'start', plan.people);
  const [starts] = await inTurn([base], plan.rounds, startOnce);
  const startMs = medianOf(starts, 'startMs');
  const idleMb = medianOf(starts, 'idleMb');
  return [
    line('start of the server to its first answer', {
      ours: `${round(startMs)} ms`,
      value: startMs,
      unit: ' ms',
      most: 1_200,
      peers: '580 ms',
    }),
    line('memory idle (RSS, 2 s after the start)', {
      ours: `${round(idleMb)} MB`,
      value: idleMb,
      unit: ' MB',
      most: 160,
      peers: '121 MB',
    }),
    await growthLine(base, plan.signIns),
  ];
}

async function startOnce(base) {
  const { server } = await startProduct(base);
  await sleep(IDLE_MS);
  const idleMb = residentMb(server.pid);
  await server.stop();
  return { startMs: server.startMs, idleMb };
}

/** What the process holds after all sign-ins against after the first fifth, as found: it collects when it likes. */
async function growthLine(base, count) {
  const side = await startProduct(base);
  const first = await heldAfter(side, count / 5);
  const last = await heldAfter(side, count - count / 5);
  await side.server.stop();
  const what = `memory after ${round(count)} sign-ins, against after ${round(count / 5)}`;
  return ratioLine(what, last, first, 'MB', { most: 1.1 });
}

async function heldAfter(side, count) {
  await signIns(side, { count });
  await sleep(IDLE_MS);
  return residentMb(side.server.pid);
}
