import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createConnection } from 'mysql2/promise';
import { closedLoop } from '../driver/closed-loop.mjs';
import { HttpConnection, requestBytes } from '../driver/http-connection.mjs';
import { signInOf } from '../driver/loads.mjs';
import { person } from '../driver/people.mjs';
import { fillCounters, fillJournal, structureId } from '../driver/product-journal.mjs';
import { accountId } from '../driver/product-people.mjs';
import { makeProductDatabase, productEnvironment, startProduct } from '../driver/product.mjs';
import { expectStatus } from '../driver/sign-in-client.mjs';
import { line, round } from '../driver/table.mjs';

const run = promisify(execFile);
const PEOPLE = 2_000;
/** Server time of the first rows of a page, at most (issue 4). */
const MOST_MS = 200;
const FLOOR_READS = 2_000;
/** What the commands are measured over, beside what it takes them to start. */
const SEALED = 20_000;

/** The journal and its statistics, each against one primary-key SELECT of the same run; then its sealing. */
export async function journal(ground, plan) {
  const url = await makeProductDatabase('journal', ground, { people: PEOPLE });
  const side = await startProduct('journal', ground, { url, people: PEOPLE });
  await fillJournal(side, { lines: plan.journal, people: PEOPLE, sealed: plan.journal });
  await fillCounters(side);
  const cookies = await administrators(side);
  const floorMs = await selectMs(side);
  const lines = [];
  for (const [what, path, who = 'national'] of pages())
    lines.push(pageLine(what, await answered(side, path, cookies[who]), floorMs));
  await side.server.stop();
  lines.push(...(await sealing(ground)));
  const title = `Journal of ${plan.journal.toLocaleString('en')} lines (ours: first rows, p50; floor: one primary-key SELECT)`;
  return { title, lines };
}

function pages() {
  const own = `structure=${structureId(7)}`;
  const day = new Date().toISOString().slice(0, 10);
  const span = `from=${Number(day.slice(0, 4)) - 1}${day.slice(4)}&to=${day}`.replace('-02-29', '-02-28');
  const long = 180 * 86_400_000;
  return [
    ['journal, no filter', '/events'],
    ['  of a person', `/events?account=${accountId(42)}`],
    ['  by an administrator', `/events?actor=${accountId(1)}`],
    ['  of one act', '/events?name=authn_login_success'],
    ['  of three acts', '/events?name=authn_login_success,authn_code_fail,user_updated'],
    ['  of an act that came once, long ago', '/events?name=sequence_fail'],
    ['  of an act that never came', '/events?name=authn_impossible_travel'],
    ['  of a structure', `/events?${own}`],
    ['  of a structure, one act', `/events?${own}&name=authn_code_fail`],
    ['  of a structure, an act that never came', `/events?${own}&name=sequence_fail`],
    ['  of a structure, refusals', `/events?${own}&outcome=FAILURE`],
    ['  refusals', '/events?outcome=FAILURE'],
    ['  of a day half a year ago', `/events?${daySpan(long)}`],
    ['  of a structure on that day', `/events?${own}&${daySpan(long)}`],
    ['  of the own structure, its administrator', '/events', 'structure'],
    ['statistics of a year, a structure, by month', `/reports/sign-ins?${own}&${span}&by=month`],
    ['  all structures together', `/reports/sign-ins?${span}&by=month`],
    ['  all structures together, by day', `/reports/sign-ins?${daysOf(day)}&by=day`],
  ];
}

function daySpan(agoMs) {
  const from = new Date(Date.now() - agoMs);
  return `from=${from.toISOString()}&to=${new Date(from.getTime() + 86_400_000).toISOString()}`;
}

function daysOf(day) {
  return `from=${new Date(new Date(day).getTime() - 364 * 86_400_000).toISOString().slice(0, 10)}&to=${day}`;
}

/** The cookies of a national administrator and of one of structure 0, which has a fifth of all lines. */
async function administrators(side) {
  const { mariadb } = side.ground;
  const schema = new URL(side.url).pathname.slice(1);
  const make = (index, change) =>
    mariadb.query(`UPDATE ${schema}.account SET ${change} WHERE id = '${accountId(index)}'`);
  await make(0, `roles = 'national-admin'`);
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

/** One SELECT of a line by its id, prepared, on a connection of its own: its median. */
async function selectMs(side) {
  const connection = await createConnection(side.url);
  const [rows] = await connection.query(`SELECT id FROM auditEvent LIMIT ${FLOOR_READS}`);
  let next = 0;
  const sql = 'SELECT id, happenedAt, name, outcome, accountId, data FROM auditEvent WHERE id = ?';
  const work = () => connection.execute(sql, [rows[next++ % rows.length].id]);
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

/** The two commands over lines of their own, less what it takes them to start. */
async function sealing(ground) {
  const url = await makeProductDatabase('sealing', ground, { people: PEOPLE });
  const env = { env: await productEnvironment(ground, url), cwd: ground.folder };
  const command = async (name) => {
    const from = performance.now();
    await run(process.execPath, [ground.program, 'audit', name], env);
    return performance.now() - from;
  };
  const start = { seal: await command('seal'), verify: await command('verify') };
  await fillJournal({ ground, url }, { lines: SEALED, people: PEOPLE, sealed: 0 });
  const [seal, verify] = [(await command('seal')) - start.seal, (await command('verify')) - start.verify];
  return [
    line('sealing 1,000 lines', { ours: `${round((seal / SEALED) * 1_000)} ms` }),
    line('verifying', { ours: `${round((SEALED / verify) * 1_000)} lines/s` }),
  ];
}
