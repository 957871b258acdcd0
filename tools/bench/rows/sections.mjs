import { signIns } from '../driver/loads.mjs';
import { measure } from '../driver/measure.mjs';
import { makeFloorDatabase, startFloor } from '../driver/side.mjs';
import { accounts } from './accounts.mjs';
import { bareFloors } from './bare-floors.mjs';
import { codeCheck } from './code-check.mjs';
import { completeSignIn, statementsOfSignIn } from './complete-sign-in.mjs';
import { growth } from './growth.mjs';
import { journal } from './journal.mjs';
import { otherMeans } from './other-means.mjs';
import { profile } from './profile.mjs';
import { readDuringSignIns, sessionRead, sessionsOf } from './session-read.mjs';
import { makeProductDatabase, startProduct } from '../driver/product.mjs';
import { startAndMemory } from './start-and-memory.mjs';
import { unjudged } from '../driver/table.mjs';

/** The parts of the table: each starts what it needs, measures it, stops it, and gives a title and lines. */
export const SECTIONS = {
  mariadb: (ground, plan) => hotPaths(ground, plan, false),
  embedded: (ground, plan) => hotPaths(ground, plan, true),
  means: otherMeans,
  start: startAndMemory,
  growth,
  accounts,
  journal,
  profile,
};

async function hotPaths(ground, plan, embedded) {
  const name = embedded ? 'embedded' : 'mariadb';
  const floorUrl = await makeFloorDatabase(`floor_${name}`, ground, { people: plan.people, embedded });
  const floor = await startFloor('sign-in', ground, { url: floorUrl, people: plan.people });
  const ours = await startOurs(name, ground, plan, { floorUrl, embedded });
  const readFloor = await startFloor('nest-select', ground, { url: floorUrl });
  const sides = [ours, floor];
  for (const side of sides) await warmUp(side, plan.warmUp);
  const lines = [
    ...(await completeSignIn(sides, plan)),
    ...(embedded ? [] : await statementsOfSignIn(sides, { count: plan.statements })),
    ...(await codeCheck(sides, { ...plan, count: plan.codes })),
  ];
  const cookies = await sessionsOf(ours, floor);
  // The read's floor looks at the sessions that the sign-in's floor opened.
  cookies.set(readFloor, cookies.get(floor));
  lines.push(...(await sessionRead([ours, readFloor], cookies, plan)));
  lines.push(...(await readDuringSignIns(sides, cookies, plan)));
  if (!embedded) lines.push(...(await bareFloors(ground, floorUrl, cookies.get(floor), plan)));
  await Promise.all([ours, floor, readFloor].map((side) => side.server.stop()));
  if (embedded)
    return {
      title: 'Embedded database (its floor on the same engine; informs, judges nothing)',
      lines: lines.map(unjudged),
    };
  return { title: 'MariaDB, durable commits', lines };
}

/** A server in service has compiled what it runs often; one that has just started has not. */
function warmUp(side, count) {
  return signIns(side, { count }, (loop) => measure(side, loop));
}

/** The product; when the bench calibrates itself, a second floor, which must come out at 1. */
async function startOurs(name, ground, { calibrate, people }, { floorUrl, embedded }) {
  if (calibrate) return startFloor('sign-in', ground, { url: floorUrl, people });
  const url = await makeProductDatabase(name, ground, { people, embedded });
  return startProduct(name, ground, { url, people });
}
