import { codeChecks, openSessions, sessionReads, signIns, waitingForCode } from '../driver/loads.mjs';
import { measure } from '../driver/measure.mjs';
import { ask, PROBE_ARGS } from '../driver/probe.mjs';
import { hashingMs } from '../driver/processor-time.mjs';
import { makeProductDatabase, startProduct } from '../driver/product.mjs';
import { addUp } from '../driver/profile-groups.mjs';
import { line, printTable, round } from '../driver/table.mjs';

const INTERVAL_MICROSECONDS = 200;
const TOP = 30;

/** Where the time of the three hot paths goes, per operation: a profile of the main thread, and the threads' own time. */
export async function profile(ground, plan) {
  const url = await makeProductDatabase('profile', ground, { people: plan.people });
  const side = await startProduct('profile', ground, {
    url,
    people: plan.people,
    nodeArgs: PROBE_ARGS,
    ipc: true,
  });
  const limits = { durationMs: plan.seconds * 2_000 };
  await signIns(side, limits, (loop) => measure(side, loop));
  const cookies = await openSessions(side, 64);
  const waiting = await waitingForCode(side, plan.codes * 2);
  const loads = {
    'complete sign-in': (use) => signIns(side, limits, use),
    'right code alone': (use) => codeChecks(side, waiting, 'right', use),
    'GET /api/session': (use) => sessionReads(side, cookies, limits, use),
  };
  const lines = [];
  for (const [what, load] of Object.entries(loads)) lines.push(...(await profiled(side, what, load)));
  await side.server.stop();
  return { title: 'Where the time goes (µs of processor for one)', lines };
}

async function profiled(side, what, load) {
  const hashed = hashingMs(side.server.pid);
  await ask(side, 'profile-start', { intervalMicroseconds: INTERVAL_MICROSECONDS });
  const run = await load((loop) => measure(side, loop));
  const { groups, functions } = addUp(await ask(side, 'profile-stop'));
  const microseconds = (milliseconds) => `${round((milliseconds * 1_000) / run.done)}`;
  printTop(what, functions, microseconds);
  return [
    line(`${what}: server process`, { ours: microseconds(run.serverMs * run.done) }),
    line(`  hash (its threads)`, { ours: microseconds(hashingMs(side.server.pid) - hashed) }),
    ...descending(groups).map(([group, ms]) => line(`  ${group}`, { ours: microseconds(ms) })),
    line(`  MariaDB`, { ours: microseconds(run.databaseMs * run.done) }),
  ];
}

function printTop(what, functions, microseconds) {
  const lines = descending(functions)
    .slice(0, TOP)
    .map(([name, ms]) => line(name, { ours: microseconds(ms) }));
  printTable(`${what}: functions of the main thread by self time (µs for one, sampling included)`, lines);
}

function descending(map) {
  return [...map].sort(([, one], [, other]) => other - one);
}
