import { accessTokens, introspections } from '../application-loads.mjs';
import { makeFloorBase, startProviderFloor } from '../floor.mjs';
import { inTurn, measured, medianOf } from '../measure.mjs';
import { makeProductBase, startProduct } from '../product.mjs';
import { countLine, statementsOf } from '../statements.mjs';
import { ratioLine } from '../table.mjs';

const SESSIONS = 64;

/** An application asks whether the opaque access token of a person is good: against the bare library that stores. */
export async function introspection(ground, plan) {
  const ours = await startProduct(await makeProductBase(ground, 'introspection', plan.people));
  const base = await makeFloorBase(ground, plan.people);
  const stored = await startProviderFloor(base, SESSIONS);
  const sides = [];
  for (const side of [ours, stored]) {
    const cookies = Array.from({ length: SESSIONS }, (_, index) => side.cookieOf(index));
    sides.push({ ...side, tokens: await accessTokens(side, cookies) });
  }
  // A server in service has compiled what it runs often.
  for (const side of sides) await introspections(side, { count: plan.warmUp });
  const lines = [...(await timeLines(sides, plan)), ...(await statementLines(sides, plan))];
  for (const side of sides) await side.server.stop();
  await ground.mariadb.dropDatabase('floor');
  return lines;
}

async function timeLines(sides, { rounds, seconds }) {
  const load = (side) => introspections(side, { durationMs: seconds * 1_000 });
  const results = await inTurn(sides, rounds, (side) => measured(side, load));
  const figures = (key) => results.map((one) => medianOf(one, key));
  return [
    ratioLine('introspection, 8 at once: CPU of API + database', ...figures('cpuMs'), 'ms', { most: 3 }),
    ratioLine('  per second', ...figures('perSecond'), '/s'),
    ratioLine('  p99', ...figures('p99'), 'ms'),
  ];
}

/** One at a time, each side alone. */
async function statementLines(sides, { statements: count }) {
  const counts = [];
  for (const side of sides)
    counts.push(await statementsOf(side, count, () => introspections(side, { count, atOnce: 1 })));
  return [
    countLine('  statements (without BEGIN, COMMIT, SET)', counts, 0, { most: 4 }),
    countLine('  durable commits', counts, 1, { most: 0 }),
  ];
}
