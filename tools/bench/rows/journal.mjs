import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createConnection } from 'mysql2/promise';
import { fillCounters, fillJournal, structureId } from '../driver/product-journal.mjs';
import { accountId } from '../driver/product-people.mjs';
import { makeProductDatabase, productEnvironment, startProduct } from '../driver/product.mjs';
import { line, round } from '../driver/table.mjs';
import { FLOOR_READS, firstRows } from './first-rows.mjs';

const run = promisify(execFile);
const PEOPLE = 2_000;
/** What the commands are measured over, beside what it takes them to start. */
const SEALED = 20_000;

/** The journal and its statistics, each against one primary-key SELECT of the same run; then its sealing. */
export async function journal(ground, plan) {
  const url = await makeProductDatabase('journal', ground, { people: PEOPLE });
  const side = await startProduct('journal', ground, { url, people: PEOPLE });
  await fillJournal(side, { lines: plan.journal, people: PEOPLE, sealed: plan.journal });
  await fillCounters(side);
  const select = await lineSelect(side);
  const lines = await firstRows(side, pages(), select.once);
  await select.end();
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

/** One SELECT of a line by its id, prepared, on a connection of its own. */
async function lineSelect(side) {
  const connection = await createConnection(side.url);
  const [rows] = await connection.query(`SELECT id FROM auditEvent LIMIT ${FLOOR_READS}`);
  let next = 0;
  const sql = 'SELECT id, happenedAt, name, outcome, accountId, data FROM auditEvent WHERE id = ?';
  const once = () => connection.execute(sql, [rows[next++ % rows.length].id]);
  return { once, end: () => connection.end() };
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
