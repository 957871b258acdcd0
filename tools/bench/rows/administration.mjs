import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { exportsOf, pagesOf, reportsOf, structurePagesOf } from '../administration-pages.mjs';
import { onConnections, send } from '../connections.mjs';
import { signedIn } from '../loads.mjs';
import { measured } from '../measure.mjs';
import { makeNation } from '../nation.mjs';
import { makeWaiting } from '../nation-journal.mjs';
import { person } from '../people.mjs';
import { startProduct } from '../product.mjs';
import { line, round } from '../table.mjs';

/** What 95 of 100 looks may take, and what a purge may lock. */
const PAGE_MS = 150;
const REPORT_MS = 500;
const LOCK_MS = 200;
const JOBS = fileURLToPath(new URL('../journal-jobs.mjs', import.meta.url));
const ON_SOURCES = ['--conditions=@portillon/source', '-r', '@swc-node/register'];

/**
 * Measures the pages that administrators open every day in a nation's database, one at a time; then the automatic jobs
 * of the journal.
 */
export async function administration(ground, plan) {
  const base = await makeNation(ground, 'administration', plan);
  const side = await startProduct(base);
  const everywhere = await signedIn({ ...side, nextPerson: () => person(0) });
  const ofStructure = await signedIn({ ...side, nextPerson: () => person(1) });
  const lines = [
    // First: a file asks for a code that is not older than five minutes.
    ...(await asked(side, everywhere, exportsOf(base), { count: 1 })),
    ...(await asked(side, everywhere, pagesOf(base), { count: plan.looks, most: PAGE_MS })),
    ...(await asked(side, ofStructure, structurePagesOf(), { count: plan.looks, most: PAGE_MS })),
    ...(await asked(side, everywhere, reportsOf(base), { count: plan.looks, most: REPORT_MS })),
  ];
  await side.server.stop();
  return [...lines, ...(await jobs(base, plan))];
}

/** Each of these pages `count` times, its addresses in turn. */
async function asked(side, cookie, pages, { count, most }) {
  const lines = [];
  for (const [what, paths] of Object.entries(pages)) {
    let next = 0;
    const look = (client) =>
      send(client, { method: 'GET', path: paths[next++ % paths.length], headers: { cookie } });
    const limits = { atOnce: 1, count: Math.max(count, paths.length) };
    const { p95, cpuMs } = await measured(side, () => onConnections(side, limits, look));
    lines.push(line(what, { ours: `CPU ${round(cpuMs)} ms`, value: p95, unit: ' ms', most }));
  }
  return lines;
}

/** While as many lines wait as after hours without sealing. */
async function jobs({ url, people, run }, { lines, waiting }) {
  await makeWaiting(run, { accounts: people, lines, waiting });
  const { stdout } = await promisify(execFile)(process.execPath, [...ON_SOURCES, JOBS, url, 'bench']);
  const { state, seal, purge } = JSON.parse(stdout);
  const longest = (what, times, most) =>
    line(what, { ours: `${times.length} turns`, value: Math.max(...times), unit: ' ms', most });
  const text = `journal, ${waiting.toLocaleString('en')} lines waiting`;
  return [
    longest(`${text}: how far it is sealed, and keys that are missing`, state, REPORT_MS),
    longest('  sealing of 10,000', seal),
    longest('  purge of 500: one transaction', purge, LOCK_MS),
  ];
}
