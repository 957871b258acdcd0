import { entries } from '../application-loads.mjs';
import { makeFloorBase, startProviderFloor } from '../floor.mjs';
import { inTurn, measured, medianOf } from '../measure.mjs';
import { makeProductBase, startProduct } from '../product.mjs';
import { statementsOf } from '../statements.mjs';
import { line, ratioLine, round } from '../table.mjs';

/** Few enough for what the library's in-memory adapter holds: it forgets beyond a thousand things. */
const SESSIONS = 64;

/** authorize with an open session, token, userinfo: against the bare library, in memory and with its statements. */
export async function openid(ground, plan) {
  const ours = await startProduct(await makeProductBase(ground, 'openid', plan.people));
  const base = await makeFloorBase(ground, plan.people);
  const memory = await startProviderFloor(base, 'memory', SESSIONS);
  const stored = await startProviderFloor(base, 'stored', SESSIONS);
  const sides = [ours, memory, stored];
  // Every session has entered before; and a server in service has compiled what it runs often.
  for (const side of sides) await enterAll(side, { count: plan.entries });
  const lines = [...(await entryLines(sides, plan)), ...(await statementLines([ours, stored], plan))];
  for (const side of sides) await side.server.stop();
  await ground.mariadb.dropDatabase('floor');
  return lines;
}

async function entryLines(sides, { rounds, seconds }) {
  const load = (side) => enterAll(side, { durationMs: seconds * 1_000 });
  const results = await inTurn(sides, rounds, (side) => measured(side, load));
  const [own, bare, stored] = results.map((one) => medianOf(one, 'cpuMs'));
  const statements = stored - bare;
  const figures = (key) => results.slice(0, 2).map((one) => medianOf(one, key));
  return [
    line('authorize, token, userinfo, 8 at once: CPU of API + database', {
      ours: `${round(own)} ms`,
      floor: `${round(bare)} ms + ${round(statements)} ms of statements`,
      value: (own - statements) / bare,
      unit: ' ×',
      most: 3,
    }),
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
  const counted = (what, at) => {
    const [own, theirs] = counts.map((one) => one[at]);
    return line(what, { ours: round(own), floor: round(theirs), value: own });
  };
  return [counted('  statements (without BEGIN, COMMIT, SET)', 0), counted('  durable commits', 1)];
}

/** Over all these sessions in turn. */
function enterAll(side, limits) {
  const cookies = Array.from({ length: SESSIONS }, (_, index) => side.cookieOf(index));
  return entries(side, cookies, limits);
}
