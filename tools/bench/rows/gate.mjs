import { gateChecks } from '../application-loads.mjs';
import { makeFloorBase, startFloor } from '../floor.mjs';
import { sessionReads } from '../loads.mjs';
import { inTurn, measured, medianOf } from '../measure.mjs';
import { makeProductBase, startProduct } from '../product.mjs';
import { ratioLine } from '../table.mjs';

const SESSIONS = 128;

/** A forward-auth check over 128 people's cookies, against Nest and one SELECT. */
export async function gate(ground, plan) {
  const ours = await startProduct(await makeProductBase(ground, 'gate', plan.people));
  const floor = await startFloor(await makeFloorBase(ground, plan.people), 'nest-select');
  const sides = [ours, floor];
  // A server in service has compiled what it runs often.
  for (const side of sides) await ask(side, { count: plan.warmUp });
  const lines = await checks(sides, plan);
  for (const side of sides) await side.server.stop();
  await ground.mariadb.dropDatabase('floor');
  return lines;
}

async function checks(sides, { rounds, seconds }) {
  const limits = { durationMs: seconds * 1_000 };
  const [own, base] = await inTurn(sides, rounds, (side) => measured(side, (one) => ask(one, limits)));
  const ratio = (what, key, unit, bounds) =>
    ratioLine(what, medianOf(own, key), medianOf(base, key), unit, bounds);
  return [
    ratio('forward-auth check, 32 at once, revocation immediate', 'perSecond', '/s', { least: 0.5 }),
    ratio('  p50', 'p50', 'ms'),
    ratio('  p99', 'p99', 'ms'),
    ratio('  CPU of API + database', 'cpuMs', 'ms'),
  ];
}

/** The floor has no gate: it is asked for the session. */
function ask(side, limits) {
  const cookieOf = side.gateCookieOf ?? side.cookieOf;
  const cookies = Array.from({ length: SESSIONS }, (_, index) => cookieOf(index));
  return side.gateCookieOf ? gateChecks(side, cookies, limits) : sessionReads(side, cookies, limits);
}
