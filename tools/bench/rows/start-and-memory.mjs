import { setTimeout as sleep } from 'node:timers/promises';
import { signIns } from '../driver/loads.mjs';
import { closedLoop } from '../driver/closed-loop.mjs';
import { medianOf } from '../driver/measure.mjs';
import { ask, PROBE_ARGS } from '../driver/probe.mjs';
import { residentMb } from '../driver/processor-time.mjs';
import { makeProductDatabase, startProduct } from '../driver/product.mjs';
import { makeFloorDatabase, startFloor } from '../driver/side.mjs';
import { line, round } from '../driver/table.mjs';

const IDLE_MS = 2_000;
const STEPS = 5;
/** Live memory may move by so much from the first fifth to the last, and while a warm server does as much again. */
const NO_GROWTH = { warming: 1.1, warm: 1.05 };
const MB = 1_024 * 1_024;

/** The built server from the start of its process to its first answer, and what it holds: idle, and after sign-ins. */
export async function startAndMemory(ground, plan) {
  const url = await makeProductDatabase('start', ground, { people: plan.people });
  const floorUrl = await makeFloorDatabase('floor_start', ground, { people: 1 });
  const starts = await startedInTurn(plan.rounds, [
    () => startProduct('start', ground, { url, people: plan.people }),
    () => startFloor('nest-select', ground, { url: floorUrl }),
  ]);
  const lines = [...startLines(starts), ...(await growthLines(ground, url, plan))];
  return { title: 'Start and memory (MariaDB)', lines };
}

async function startedInTurn(rounds, starters) {
  const results = starters.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [at, start] of starters.entries()) results[at].push(await startOnce(start));
  }
  return results;
}

async function startOnce(start) {
  const side = await start();
  await sleep(IDLE_MS);
  const idleMb = residentMb(side.server.pid);
  await side.server.stop();
  return { startMs: side.server.startMs, startCpuMs: side.server.startCpuMs, idleMb };
}

function startLines([own, base]) {
  const of = (key, unit) => ({
    ours: `${round(medianOf(own, key))} ${unit}`,
    floor: `${round(medianOf(base, key))} ${unit}`,
    value: medianOf(own, key),
    unit: ` ${unit}`,
    better: 'lower',
  });
  return [
    line('start of the built server to its first answer', {
      ...of('startMs', 'ms'),
      must: 1_000,
      aim: 500,
      peers: 'Better Auth 580 ms, Nest with two routes 600 ms',
    }),
    line('  processor time until then', { ...of('startCpuMs', 'ms'), better: undefined }),
    line('memory idle (RSS, 2 s after the start)', {
      ...of('idleMb', 'MB'),
      must: 150,
      aim: 110,
      peers: 'Better Auth 121 MB, Nest with two routes 98 MB',
    }),
  ];
}

/** A second process, with a probe: weighed after each fifth of the sign-ins, and once more after as many again. */
async function growthLines(ground, url, { people, signIns: count }) {
  const side = await startProduct('memory', ground, { url, people, nodeArgs: PROBE_ARGS, ipc: true });
  const weights = [];
  for (const share of [...Array(STEPS).fill(1 / STEPS), 1]) {
    await signIns(side, { count: Math.round(count * share) }, closedLoop);
    await sleep(IDLE_MS);
    weights.push(await weigh(side));
  }
  await side.server.stop();
  const [first, once, twice] = [weights[0], ...weights.slice(-2)];
  return [
    line(`memory after ${round(count)} sign-ins, and as many again (RSS, as found)`, {
      ours: weights.map(({ rss }) => round(rss)).join(' → ') + ' MB',
      value: Math.max(once.rss, twice.rss),
      unit: ' MB',
      better: 'lower',
      must: 150,
      aim: 110,
    }),
    line('  its growth: live heap and buffers, from the first fifth to the last', {
      ours: liveOf(weights.slice(0, STEPS)),
      ...growthOf(first, once, NO_GROWTH.warming),
    }),
    line('  and after as many again', {
      ours: liveOf([once, twice]),
      ...growthOf(once, twice, NO_GROWTH.warm),
    }),
  ];
}

function liveOf(weights) {
  return weights.map(({ live }) => live.toFixed(1)).join(' → ') + ' MB';
}

function growthOf(before, after, must) {
  return { value: after.live / before.live, unit: ' ×', better: 'lower', must };
}

/** What the process holds as it is, and of it what a collection leaves: the one is judged by its size, the other by its growth. */
async function weigh(side) {
  const rss = residentMb(side.server.pid);
  const { heapUsed, external } = await ask(side, 'heap');
  return { rss, live: (heapUsed + external) / MB };
}
