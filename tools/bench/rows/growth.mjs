import { entries, gateChecks } from '../application-loads.mjs';
import { rightCodes, sessionReads, signIns, waitingForCode } from '../loads.mjs';
import { inTurn, measured, medianOf } from '../measure.mjs';
import { makeProductBase, startProduct } from '../product.mjs';
import { ratioLine } from '../table.mjs';

const SMALL = 1_000;
const ROUNDS = 3;

/** Counted, not timed: of a thousand people none may come near a limit. */
const LOADS = {
  'a complete sign-in': async () => (side) => signIns(side, { count: 60 }),
  'a right code alone': async (side) => {
    const started = await waitingForCode(side, 120);
    return () => rightCodes(side, started);
  },
  // As many on both sides, from all over the table: who reads more rows fills more of the processor's caches.
  'GET /api/session': async (side) => {
    const cookies = fromAllOver(side, SMALL, side.cookieOf);
    return () => sessionReads(side, cookies, { count: 4_000 });
  },
  'authorize, token, userinfo': async (side) => {
    const cookies = fromAllOver(side, 240, side.cookieOf);
    return () => entries(side, cookies, { count: 240 });
  },
  'a forward-auth check': async (side) => {
    const cookies = fromAllOver(side, SMALL, side.gateCookieOf);
    return () => gateChecks(side, cookies, { count: 4_000 });
  },
};

function fromAllOver({ people }, count, cookieOf) {
  return Array.from({ length: count }, (_, at) => cookieOf((at * 617) % people));
}

/**
 * The same server on a small and on a large database: what costs more processor time there than here? In several casts: a
 * process differs from another of the same program by some percent for as long as it lives.
 */
export async function growth(ground, { grown, casts }) {
  const small = await makeProductBase(ground, 'small', SMALL);
  const large = await makeProductBase(ground, 'large', grown);
  const results = Object.keys(LOADS).map(() => [[], []]);
  for (let cast = 0; cast < casts; cast++) {
    const sides = [await startProduct(large), await startProduct(small)];
    for (const [row, load] of Object.values(LOADS).entries()) {
      const rounds = await inTurn(sides, ROUNDS, async (side) => measured(side, await load(side)));
      rounds.forEach((one, at) => results[row][at].push(...one));
    }
    for (const side of sides) await side.server.stop();
  }
  return Object.keys(LOADS).map((what, row) => {
    const [most, least] = results[row].map((one) => medianOf(one, 'cpuMs') * 1_000);
    const text = `${SMALL.toLocaleString('en')} → ${grown.toLocaleString('en')} open sessions: CPU of ${what}`;
    return ratioLine(text, most, least, 'µs', { most: 1.1 });
  });
}
