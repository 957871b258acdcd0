import { makeFloorBase, startFloor } from '../floor.mjs';
import { rightCodes, signIns, waitingForCode } from '../loads.mjs';
import { inTurn, measured, medianOf } from '../measure.mjs';
import { makeProductBase, startProduct } from '../product.mjs';
import { countLine, statementsOf } from '../statements.mjs';
import { ratioLine } from '../table.mjs';

/** What one sign-in asks of MariaDB; complete sign-ins and right codes alone, against the floor. */
export async function signIn(ground, plan) {
  const floor = await startFloor(await makeFloorBase(ground, plan.people), 'sign-in');
  const theirs = await asked(floor, plan.statements);
  const ours = await startProduct(await makeProductBase(ground, 'sign_in', plan.people));
  const own = await asked(ours, plan.statements);
  // A server in service has compiled what it runs often.
  for (const side of [ours, floor]) await signIns(side, { count: plan.warmUp });
  const lines = [
    ...(await completeSignIns([ours, floor], plan)),
    ...statementLines(own, theirs),
    await codesAlone([ours, floor], plan),
  ];
  for (const side of [ours, floor]) await side.server.stop();
  await ground.mariadb.dropDatabase('floor');
  return lines;
}

async function completeSignIns(sides, { rounds, seconds }) {
  const load = (side) => signIns(side, { durationMs: seconds * 1_000 });
  const [own, base] = await inTurn(sides, rounds, (side) => measured(side, load));
  const ratio = (what, key, unit, bounds) =>
    ratioLine(what, medianOf(own, key), medianOf(base, key), unit, bounds);
  return [
    ratio('complete sign-in, 8 at once: CPU of API + database', 'cpuMs', 'ms', {
      most: 1.95,
      peers: 'Better Auth 2.2 (our hash), 7.4; LemonLDAP::NG 2.7',
    }),
    ratio('  of which the API', 'serverMs', 'ms'),
    ratio('  of which MariaDB', 'databaseMs', 'ms'),
    ratio('  per second', 'perSecond', '/s', { least: 0.5, peers: '0.42' }),
  ];
}

/** One person at a time, beside nothing else. */
function asked(side, count) {
  return statementsOf(side, count, () => signIns(side, { count }, 1));
}

function statementLines(own, theirs) {
  const counts = [own, theirs];
  return [
    countLine('  statements (without BEGIN, COMMIT, SET)', counts, 0, { most: 28, peers: '42' }),
    countLine('  durable commits', counts, 1, { most: 5, peers: '8' }),
  ];
}

/** The second step only: the first, with its hash, is done before the window opens. */
async function codesAlone(sides, { rounds, codes }) {
  const [own, base] = await inTurn(sides, rounds, async (side) =>
    rightCodes(side, await waitingForCode(side, codes)),
  );
  return ratioLine(
    'a right code alone, 8 at once',
    medianOf(own, 'perSecond'),
    medianOf(base, 'perSecond'),
    '/s',
    {
      least: 0.18,
      peers: '0.11',
    },
  );
}
