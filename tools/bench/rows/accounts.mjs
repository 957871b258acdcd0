import { createConnection } from 'mysql2/promise';
import { closedLoop } from '../driver/closed-loop.mjs';
import { HttpConnection, requestBytes } from '../driver/http-connection.mjs';
import { signInOf } from '../driver/loads.mjs';
import { person } from '../driver/people.mjs';
import { spreadAccounts } from '../driver/product-accounts.mjs';
import { structureId } from '../driver/product-journal.mjs';
import { accountId } from '../driver/product-people.mjs';
import { makeProductDatabase, startProduct } from '../driver/product.mjs';
import { expectStatus } from '../driver/sign-in-client.mjs';
import { line, round } from '../driver/table.mjs';

/** Server time of the first rows of a page, at most (issue 4). */
const MOST_MS = 200;
const FLOOR_READS = 2_000;

/** The administration's lists and searches, each against one primary-key SELECT of the same run. */
export async function accounts(ground, plan) {
  const people = plan.grown;
  const url = await makeProductDatabase('accounts', ground, { people });
  const side = await startProduct('accounts', ground, { url, people });
  await spreadAccounts(side, people);
  const cookies = await administrators(side);
  const floorMs = await selectMs(side, people);
  const lines = [];
  for (const [what, path, who = 'national'] of pages())
    lines.push(pageLine(what, await answered(side, path, cookies[who]), floorMs));
  await side.server.stop();
  const title = `${people.toLocaleString('en')} accounts (ours: first rows, p50; floor: one primary-key SELECT)`;
  return { title, lines };
}

function pages() {
  const own = `structure=${structureId(7)}`;
  const { username, email } = person(4_321);
  return [
    ['accounts, no filter', '/accounts'],
    ['  closed ones', '/accounts?status=DEACTIVATED'],
    ['  invited ones, of whom there are none', '/accounts?status=INVITED'],
    ['  of a structure', `/accounts?${own}`],
    ['  of a structure, closed ones', `/accounts?${own}&status=DEACTIVATED`],
    ['  of the own structure, its administrator', '/accounts', 'structure'],
    ['search: one letter', '/accounts?q=m'],
    ['  a last name', '/accounts?q=martin'],
    ['  first and last name', '/accounts?q=claire+mar'],
    ['  two names that nobody has together', '/accounts?q=claire+zzz'],
    ['  a user name', `/accounts?q=${username}`],
    ['  a mail address', `/accounts?q=${encodeURIComponent(email)}`],
    ['  a national id', '/accounts?q=8997'],
    ['  nobody', '/accounts?q=xylophone'],
    ['  one letter, closed ones', '/accounts?q=m&status=DEACTIVATED'],
    ['  one letter, invited ones, of whom there are none', '/accounts?q=m&status=INVITED'],
    ['  one letter, a structure', `/accounts?q=m&${own}`],
    ['  a last name, the own structure', '/accounts?q=martin', 'structure'],
    ['an account', `/accounts/${accountId(42)}`],
    ['structures', '/structures'],
  ];
}

/** The cookies of a national administrator and of one of structure 0, which has a fifth of all people. */
async function administrators(side) {
  const { mariadb } = side.ground;
  const schema = new URL(side.url).pathname.slice(1);
  const make = (index, change) =>
    mariadb.query(`UPDATE ${schema}.account SET ${change} WHERE id = '${accountId(index)}'`);
  await make(0, `roles = 'national-admin', national = 1`);
  await make(1, `roles = 'structure-admin', structureId = '${structureId(0)}'`);
  return { national: await signInOf(side, person(0)), structure: await signInOf(side, person(1)) };
}

async function answered(side, path, cookie) {
  const connection = await HttpConnection.open(side.port);
  const request = requestBytes('GET', `/api/admin${path}`, { cookie });
  const work = async () => {
    const answer = await connection.send(request);
    if (answer.status !== 200) expectStatus(answer, 200, path);
  };
  try {
    // The first is what a person meets whose page nobody looked at today.
    const first = await closedLoop({ atOnce: 1, count: 1, work });
    return { first: first.p50, ...(await closedLoop({ atOnce: 1, count: 30, work })) };
  } finally {
    connection.close();
  }
}

/** One SELECT of an account by its id, prepared, on a connection of its own: its median. */
async function selectMs(side, people) {
  const connection = await createConnection(side.url);
  let next = 0;
  const sql = 'SELECT id, username, email, displayName, status, version FROM account WHERE id = ?';
  const work = () => connection.execute(sql, [accountId((next++ * 97) % people)]);
  const { p50 } = await closedLoop({ atOnce: 1, count: FLOOR_READS, work });
  await connection.end();
  return p50;
}

function pageLine(what, { first, p50, p99 }, floorMs) {
  return line(what, {
    ours: `${round(p50)} ms, first ${round(first)}, p99 ${round(p99)}`,
    floor: `${round(floorMs)} ms`,
    value: p50 / floorMs,
    better: 'lower',
    must: Math.floor(MOST_MS / floorMs),
  });
}
