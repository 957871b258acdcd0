import { gateChecks } from '../application-loads.mjs';
import { makeFloorBase, startFloor } from '../floor.mjs';
import { sessionReads, signIns } from '../loads.mjs';
import { inTurn, measured, medianOf } from '../measure.mjs';
import { makeProductBase, startProduct } from '../product.mjs';
import { statementsOf } from '../statements.mjs';
import { line, ratioLine, round } from '../table.mjs';

const SESSIONS = 128;
/** Gate session, session, application, rules; the rest is what the clock does meanwhile. */
const STATEMENTS = 4.5;

/** A forward-auth check over 128 people's cookies, against Nest and one SELECT: without an assertion, and with one. */
export async function gate(ground, plan) {
  const ours = await startProduct(await makeProductBase(ground, 'gate', plan.people));
  const floor = await startFloor(await makeFloorBase(ground, plan.people), 'nest-select');
  // A server in service has compiled what it runs often.
  for (const side of [ours, floor]) await ask(side, { count: plan.warmUp });
  const plain = { with: 'forward-auth check, no assertion', least: 0.35 };
  const lines = [...(await checks([ours, floor], plain, plan)), await duringSignIns(ours, plan)];
  await ground.mariadb.query("UPDATE gate.application SET gateAssertion = 1 WHERE kind = 'gate'");
  const signed = { with: 'forward-auth check, with its assertion', least: 0.25 };
  lines.push(...(await checks([ours, floor], signed, plan)));
  for (const side of [ours, floor]) await side.server.stop();
  await ground.mariadb.dropDatabase('floor');
  return lines;
}

async function checks(sides, { with: what, least }, plan) {
  const { rounds, seconds, statements } = plan;
  const taken = async (atOnce) => {
    const limits = { durationMs: seconds * 1_000, atOnce };
    const results = await inTurn(sides, rounds, (side) => measured(side, (one) => ask(one, limits)));
    return (key) => results.map((one) => medianOf(one, key));
  };
  const [many, alone] = [await taken(32), await taken(1)];
  const count = statements * 10;
  const [asked, commits] = await statementsOf(sides[0], count, () => ask(sides[0], { count, atOnce: 1 }));
  return [
    ratioLine(`${what}, 32 at once`, ...many('perSecond'), '/s', { least }),
    ratioLine('  p50', ...many('p50'), 'ms'),
    ratioLine('  p99', ...many('p99'), 'ms'),
    ratioLine('  CPU of API + database', ...many('cpuMs'), 'ms'),
    ratioLine('  one at a time, p50', ...alone('p50'), 'ms', { most: 6 }),
    line('  statements', { ours: round(asked), value: asked, most: STATEMENTS }),
    line('  durable commits', { ours: round(commits), value: commits, most: 0.1 }),
  ];
}

async function duringSignIns(ours, { rounds, seconds }) {
  const limits = { durationMs: seconds * 1_000 };
  await signIns(ours, limits);
  const [results] = await inTurn([ours], rounds, async (side) => {
    const alone = await ask(side, limits);
    const [beside] = await Promise.all([ask(side, limits), signIns(side, limits)]);
    return { alone: alone.p99, beside: beside.p99 };
  });
  const [alone, beside] = ['alone', 'beside'].map((key) => medianOf(results, key));
  const texts = { ours: `${round(beside)} ms`, floor: `${round(alone)} ms (alone)` };
  return line('  its p99 beside 8 people signing in', {
    ...texts,
    value: beside / alone,
    unit: ' ×',
    most: 4,
  });
}

/** The floor has no gate: it is asked for the session. */
function ask(side, limits) {
  const cookieOf = side.gateCookieOf ?? side.cookieOf;
  const cookies = Array.from({ length: SESSIONS }, (_, index) => cookieOf(index));
  return side.gateCookieOf ? gateChecks(side, cookies, limits) : sessionReads(side, cookies, limits);
}
