import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { accessTokens, entries, introspections, userinfos } from '../application-loads.mjs';
import { inTurn, measured, medianOf } from '../measure.mjs';
import { startKeycloak } from '../peers/keycloak.mjs';
import { makeProductBase, startProduct } from '../product.mjs';
import { line, round } from '../table.mjs';

const SESSIONS = 64;
/** A peer stays there for the next run. */
const FOLDER = fileURLToPath(new URL('../../../node_modules/.cache/portillon-peers', import.meta.url));
const PEERS = { Keycloak: startKeycloak };
const ACTS = {
  'authorize, token, userinfo': (side, limits) => entries(side, side.sessions, limits),
  userinfo: userinfos,
  introspection: introspections,
};

/** What an act costs beside other providers: processor time of server and database. A peer that cannot be had is named. */
export async function peers(ground, plan) {
  const ours = await startProduct(await makeProductBase(ground, 'peers', plan.people));
  const { sides, missing } = await besides(ground);
  const all = await Promise.all([['Portillon', ours], ...sides].map(signedIn));
  const lines = [];
  for (const [what, act] of Object.entries(ACTS)) lines.push(await costLine(what, act, all, plan));
  for (const { server } of all) await server.stop();
  return [...lines, ...missing];
}

async function besides(ground) {
  mkdirSync(FOLDER, { recursive: true });
  const [sides, missing] = [[], []];
  for (const [name, start] of Object.entries(PEERS)) {
    try {
      sides.push([name, await start(ground, FOLDER, SESSIONS)]);
    } catch (error) {
      missing.push(line(`${name} is left out`, { ours: error.message.split('\n')[0], value: 0 }));
    }
  }
  return { sides, missing };
}

async function signedIn([name, side]) {
  const sessions = Array.from({ length: SESSIONS }, (_, index) => side.cookieOf(index));
  return { ...side, name, sessions, tokens: await accessTokens(side, sessions) };
}

async function costLine(what, act, sides, { rounds, seconds, warmUp }) {
  // A server in service has compiled what it runs often.
  for (const side of sides) await act(side, { count: warmUp });
  const results = await inTurn(sides, rounds, (side) =>
    measured(side, (one) => act(one, { durationMs: seconds * 1_000 })),
  );
  const [own, ...theirs] = results.map((one) => medianOf(one, 'cpuMs'));
  const beside = theirs.map((cpu, at) => `${sides[at + 1].name} ${round(cpu)} ms`).join(', ');
  const text = `${what}, 8 at once: CPU of server + database`;
  return line(text, {
    ours: `${round(own)} ms`,
    value: own / Math.min(own, ...theirs),
    unit: ' ×',
    peers: beside,
  });
}
