// node --conditions=@portillon/source -r @swc-node/register: runs the automatic jobs of the journal on the sources.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { journalOn } = require('../../libs/audit/src/testing/journal.fixture.ts');
const { auditPersistence } = require('../../libs/audit/src/audit.persistence.ts');
const { openDataSource } = require('../../libs/persistence/src/index.ts');

const YEAR_MS = 365 * 86_400_000;
/** Batch size of the product's job. */
const BATCH = 500;
const TURNS = 20;

const [url, keyId] = process.argv.slice(2);
const source = await openDataSource({ url, parts: [auditPersistence] });
const keys = [{ id: keyId, secret: Buffer.from('the journal of a bench, of 32 bytes') }];
const { seals } = journalOn(source, { clock: { now: () => new Date() }, keys });
const times = {
  state: await timesOf(() => seals.state()),
  seal: await timesOf(() => seals.seal()),
  purge: await timesOf(() => seals.purge(new Date(Date.now() - YEAR_MS), BATCH)),
};
await source.destroy();
console.log(JSON.stringify(times));

/** Duration of each turn in ms, while there is work. */
async function timesOf(work) {
  const all = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const from = performance.now();
    if ((await work()) === 0) break;
    all.push(performance.now() - from);
  }
  return all;
}
