import { closedLoop } from '../driver/closed-loop.mjs';
import { HttpConnection, requestBytes } from '../driver/http-connection.mjs';
import { signInOf } from '../driver/loads.mjs';
import { person } from '../driver/people.mjs';
import { structureId } from '../driver/product-journal.mjs';
import { accountId } from '../driver/product-people.mjs';
import { expectStatus } from '../driver/sign-in-client.mjs';
import { line, round } from '../driver/table.mjs';

/** Server time of the first rows of a page, at most (issue 4). */
const MOST_MS = 200;
export const FLOOR_READS = 2_000;

/**
 * The pages of the administration, each against one primary-key SELECT of the same run: `pages` are of a title, a path
 * under `/api/admin` and who looks (`national` unless told), `read` runs the SELECT once.
 */
export async function firstRows(side, pages, read) {
  const cookies = await administrators(side);
  const { p50: floorMs } = await closedLoop({ atOnce: 1, count: FLOOR_READS, work: read });
  const lines = [];
  for (const [what, path, who = 'national'] of pages)
    lines.push(pageLine(what, await answered(side, path, cookies[who]), floorMs));
  return lines;
}

/** The cookies of a national administrator and of one of structure 0, which has a fifth of all there is. */
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

function pageLine(what, { first, p50, p99 }, floorMs) {
  return line(what, {
    ours: `${round(p50)} ms, first ${round(first)}, p99 ${round(p99)}`,
    floor: `${round(floorMs)} ms`,
    value: p50 / floorMs,
    better: 'lower',
    must: Math.floor(MOST_MS / floorMs),
  });
}
