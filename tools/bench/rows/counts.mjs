import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { accessTokens, entries, gateChecks, introspections } from '../application-loads.mjs';
import { sessionReads, signIns } from '../loads.mjs';
import { makeProductBase, startProduct } from '../product.mjs';
import { line } from '../table.mjs';

const PRELOADED = fileURLToPath(new URL('../request-statements.cjs', import.meta.url));
const PEOPLE = 200;
const TURNS = 4;
/** What a server keeps for a second, such as which key signs, is asked again in each turn. */
const BETWEEN_MS = 1_000;
/** What a request puts off until after its answer belongs to it. */
const SETTLE_MS = 300;

/**
 * Each action, and its maximum for MariaDB: statements, durable commits. Lower the numbers when an action needs fewer.
 */
const ACTS = [
  ['a complete sign-in', [28, 5], (side) => signIns(side, { count: 1 }, 1)],
  ['GET /api/session', [1, 0], (side) => sessionReads(side, [side.cookieOf(3)], { count: 1 })],
  ['a forward-auth check', [4, 0], (side) => gateChecks(side, [side.gateCookieOf(3)], { count: 1 })],
  ['authorize, token, userinfo', [18, 4], (side) => entries(side, [side.cookieOf(3)], { count: 1 })],
  ['introspection', [4, 0], (side) => introspections(side, { count: 1, atOnce: 1 })],
];

/** Counts alone, which depend on no machine: the row that CI runs. */
export async function counts(ground) {
  const file = join(ground.folder, 'statements.txt');
  const preloaded = { NODE_OPTIONS: `--require ${PRELOADED}`, STATEMENTS_FILE: file };
  const started = await startProduct(await makeProductBase(ground, 'counts', PEOPLE), preloaded);
  const side = { ...started, tokens: await accessTokens(started, [started.cookieOf(3)]) };
  const lines = [];
  for (const [what, [statements, commits], once] of ACTS) {
    const asked = await leastAsked(file, () => once(side));
    lines.push(countLine(`${what}: statements`, asked.statements, statements));
    lines.push(countLine('  durable commits', asked.commits, commits));
  }
  await side.server.stop();
  return lines;
}

/** Of several turns: a slow machine makes a turn so long that what is kept for a second is asked twice. */
async function leastAsked(file, once) {
  const turns = [];
  for (let turn = 0; turn < TURNS; turn++) {
    await sleep(BETWEEN_MS);
    writeFileSync(file, '');
    await once();
    await sleep(SETTLE_MS);
    turns.push(countsOf(readFileSync(file, 'utf8').split('\n')));
  }
  const least = turns.reduce((one, other) => (other.statements < one.statements ? other : one));
  if (least.statements === 0) throw new Error('No statement was counted: see request-statements.cjs');
  return least;
}

/** Leaves out BEGIN, COMMIT and SET. A write outside a transaction is a commit. */
function countsOf(asked) {
  const counts = { statements: 0, commits: 0 };
  let transaction;
  for (const sql of asked) {
    if (/^start transaction/i.test(sql)) transaction = { writes: 0 };
    if (/^rollback/i.test(sql)) transaction = undefined;
    if (/^commit/i.test(sql)) {
      if (transaction?.writes) counts.commits++;
      transaction = undefined;
    }
    if (/^(select|insert|update|delete|replace)/i.test(sql)) counts.statements++;
    if (!/^(insert|update|delete|replace)/i.test(sql)) continue;
    if (transaction) transaction.writes++;
    else counts.commits++;
  }
  return counts;
}

function countLine(what, asked, most) {
  return line(what, { ours: String(asked), value: asked, most });
}
