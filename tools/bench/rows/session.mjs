import { makeFloorBase, startFloor } from '../floor.mjs';
import { sessionReads, signIns } from '../loads.mjs';
import { inTurn, measured, medianOf } from '../measure.mjs';
import { makeProductBase, startProduct } from '../product.mjs';
import { line, ratioLine, round } from '../table.mjs';

const SESSIONS = 128;

/** `GET /api/session` over 128 people's sessions, against Nest and one SELECT; then while others sign in. */
export async function session(ground, plan) {
  const ours = await startProduct(await makeProductBase(ground, 'session', plan.people));
  const floor = await startFloor(await makeFloorBase(ground, plan.people), 'nest-select');
  const lines = [...(await reads([ours, floor], plan)), await duringSignIns(ours, plan)];
  for (const side of [ours, floor]) await side.server.stop();
  await ground.mariadb.dropDatabase('floor');
  return lines;
}

async function reads(sides, { rounds, seconds }) {
  const [own, base] = await inTurn(sides, rounds, (side) => measured(side, (one) => read(one, seconds)));
  const ratio = (what, key, unit, bounds) =>
    ratioLine(what, medianOf(own, key), medianOf(base, key), unit, bounds);
  const bounds = { least: 1, peers: '0.22' };
  return [
    ratio('GET /api/session, 32 at once, revocation immediate', 'perSecond', '/s', bounds),
    ratio('  CPU of API + database', 'cpuMs', 'ms'),
  ];
}

async function duringSignIns(ours, { rounds, seconds }) {
  await signIns(ours, { durationMs: seconds * 1_000 });
  const [results] = await inTurn([ours], rounds, async (side) => {
    const alone = await read(side, seconds);
    const signingIn = signIns(side, { durationMs: seconds * 1_000 });
    const [beside] = await Promise.all([read(side, seconds), signingIn]);
    return { alone: alone.p99, beside: beside.p99 };
  });
  const [alone, beside] = ['alone', 'beside'].map((key) => medianOf(results, key));
  const texts = { ours: `${round(beside)} ms`, floor: `${round(alone)} ms (alone)` };
  const bounds = { most: 6, peers: '27 × (7 × with our hash)' };
  return line('  its p99 beside 8 people signing in', {
    ...texts,
    value: beside / alone,
    unit: ' ×',
    ...bounds,
  });
}

function read(side, seconds) {
  const cookies = Array.from({ length: SESSIONS }, (_, index) => side.cookieOf(index));
  return sessionReads(side, cookies, { durationMs: seconds * 1_000 });
}
