import { entries } from '../application-loads.mjs';
import { makeFloorBase, startProviderFloor } from '../floor.mjs';
import { inTurn, measured, medianOf } from '../measure.mjs';
import { makeProductBase, startProduct } from '../product.mjs';
import { countLine, statementsOf } from '../statements.mjs';
import { ratioLine } from '../table.mjs';

const SESSIONS = 64;

/** authorize with an open session, token, userinfo: against the bare library that stores by prepared statements. */
export async function openid(ground, plan) {
  const ours = await startProduct(await makeProductBase(ground, 'openid', plan.people));
  const base = await makeFloorBase(ground, plan.people);
  const stored = await startProviderFloor(base, SESSIONS);
  const sides = [ours, stored];
  // Every session has entered before; and a server in service has compiled what it runs often.
  for (const side of sides) await enterAll(side, { count: plan.entries });
  const lines = [...(await entryLines(sides, plan)), ...(await statementLines(sides, plan))];
  for (const side of sides) await side.server.stop();
  await ground.mariadb.dropDatabase('floor');
  return lines;
}

async function entryLines(sides, { rounds, seconds }) {
  const load = (side) => enterAll(side, { durationMs: seconds * 1_000 });
  const results = await inTurn(sides, rounds, (side) => measured(side, load));
  const figures = (key) => results.map((one) => medianOf(one, key));
  const what = 'authorize, token, userinfo, 8 at once: CPU of API + database';
  return [
    ratioLine(what, ...figures('cpuMs'), 'ms', { most: 2.8, peers: 'Better Auth 4.8' }),
    ratioLine('  of which the API', ...figures('serverMs'), 'ms'),
    ratioLine('  per second', ...figures('perSecond'), '/s'),
    ratioLine('  p50', ...figures('p50'), 'ms'),
    ratioLine('  p99', ...figures('p99'), 'ms'),
  ];
}

/** One entry at a time, each side alone. */
async function statementLines(sides, { statements: count }) {
  const counts = [];
  for (const side of sides)
    counts.push(await statementsOf(side, count, () => enterAll(side, { count, atOnce: 1 })));
  return [
    countLine('  statements (without BEGIN, COMMIT, SET)', counts, 0, { most: 22, peers: '20' }),
    countLine('  durable commits', counts, 1, { most: 4, peers: '3' }),
  ];
}

/** Over all these sessions in turn. */
function enterAll(side, limits) {
  const cookies = Array.from({ length: SESSIONS }, (_, index) => side.cookieOf(index));
  return entries(side, cookies, limits);
}
