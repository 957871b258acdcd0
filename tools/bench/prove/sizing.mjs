import { setTimeout as sleep } from 'node:timers/promises';
import { accessTokens, entries, gateChecks, introspections } from '../application-loads.mjs';
import { Ground } from '../ground.mjs';
import { signIns } from '../loads.mjs';
import { inTurn, measured, medianOf } from '../measure.mjs';
import { makeProductBase, startProduct } from '../product.mjs';
import { round } from '../table.mjs';
import { HELD, LOST } from './load.mjs';
import { peak } from './peak.mjs';

const SESSIONS = 128;
/** The peak of a nation, per second. */
const NATION = { 'a complete sign-in': 50, 'a forward-auth check': 1_000 };
/** Load that two cores carry: that share of the peak. */
const COUNTED_SHARE = 0.1;
/** A count that exceeds the rule by more shows that the rule is wrong. */
const TOLERANCE = 1.3;
/** Working days of a month: a person signs in once on each. */
const SIGN_INS_A_MONTH = 20;

const ACTS = {
  'a complete sign-in': (side, limits) => signIns(side, limits),
  'an entry into an application (authorize, token, userinfo)': (side, limits) =>
    entries(side, cookiesOf(side.cookieOf), limits),
  'a forward-auth check': (side, limits) => gateChecks(side, cookiesOf(side.gateCookieOf), limits),
  introspection: (side, limits) => introspections(side, limits),
};

/** The processor time of each act, what the peak of a nation needs by it, and a share of that peak, counted. */
export async function sizing({ rounds, seconds, warmUp, people, counted }) {
  const { lines, costs } = await costsOfActs({ rounds, seconds, warmUp, people });
  lines.push(ruleLine(NATION, costs));
  const share = Object.fromEntries(Object.entries(NATION).map(([act, rate]) => [act, rate * COUNTED_SHARE]));
  const byRule = ruleLine(share, costs);
  const [rate, checks] = Object.values(share);
  const [{ out, cores, verdict }] = await peak({ rate, checks, seconds: counted, people });
  const isRight = verdict === HELD && Number(cores) <= coresOf(share, costs) * TOLERANCE;
  lines.push(byRule, {
    what: `  counted for ${counted} s, two instances behind nginx`,
    together: `${cores} cores, ${out} people out`,
    verdict: isRight ? HELD : LOST,
  });
  return lines;
}

async function costsOfActs({ rounds, seconds, warmUp, people }) {
  const ground = await Ground.open();
  const lines = [];
  const costs = {};
  try {
    const started = await startProduct(await makeProductBase(ground, 'sizing', people));
    const side = { ...started, tokens: await accessTokens(started, cookiesOf(started.cookieOf)) };
    for (const [what, load] of Object.entries(ACTS)) {
      await load(side, { count: warmUp });
      const once = (one) => measured(one, (warm) => load(warm, { durationMs: seconds * 1_000 }));
      const [results] = await inTurn([side], rounds, once);
      costs[what] = { server: medianOf(results, 'serverMs'), database: medianOf(results, 'databaseMs') };
      lines.push(costLine(what, costs[what]));
    }
    lines.push(await spaceLine(side, warmUp));
    await side.server.stop();
  } finally {
    await ground.close();
  }
  return { lines, costs };
}

function cookiesOf(cookieOf) {
  return Array.from({ length: SESSIONS }, (_, index) => cookieOf(index));
}

function costLine(what, { server, database }) {
  const column = (ms) => `${round(ms)} ms, ${round(1_000 / ms)} a second and core`;
  return { what, server: column(server), database: column(database), together: `${round(server + database)} ms`, verdict: '' }; // prettier-ignore
}

function ruleLine(rates, costs) {
  const what = Object.entries(rates).map(([act, rate]) => `${round(rate)} × ${act}`);
  const cores = (part) => `${coresOf(rates, costs, [part]).toFixed(2)} cores`;
  return {
    what: `${what.join(', ')} a second, by this rule`,
    server: cores('server'),
    database: cores('database'),
    together: `${coresOf(rates, costs).toFixed(2)} cores`,
    verdict: '',
  };
}

function coresOf(rates, costs, parts = ['server', 'database']) {
  const msOf = (act) => parts.reduce((sum, part) => sum + costs[act][part], 0);
  return Object.entries(rates).reduce((sum, [act, rate]) => sum + (rate * msOf(act)) / 1_000, 0);
}

/** Growth of the files of all tables by sign-ins in unknown browsers, which write most. */
async function spaceLine(side, count) {
  const { mariadb } = side.ground;
  const size = async () => {
    await sleep(2_000);
    const [{ bytes }] = await mariadb.query(
      "SELECT SUM(FILE_SIZE) AS bytes FROM information_schema.INNODB_SYS_TABLESPACES WHERE NAME LIKE 'sizing/%'",
    );
    return Number(bytes);
  };
  const before = await size();
  await signIns(side, { count: count * 4 });
  const each = ((await size()) - before) / (count * 4);
  return {
    what: `space: a sign-in in an unknown browser, and ${SIGN_INS_A_MONTH} of a person in a month`,
    server: '',
    database: `${round(each / 1_024)} kB`,
    together: `${round((each * SIGN_INS_A_MONTH) / 1_024)} kB`,
    verdict: '',
  };
}
