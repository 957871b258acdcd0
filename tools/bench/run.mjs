// npm run bench [-- --quick] [--rows mariadb,embedded,means,start,growth,accounts,journal] [--profile] [--calibrate]
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { Ground } from './driver/ground.mjs';
import { machineBusyMs, ownMs } from './driver/processor-time.mjs';
import { buildProduct } from './driver/product.mjs';
import { missed, printTable } from './driver/table.mjs';
import { SECTIONS } from './rows/sections.mjs';

/** Rounds that alternate, seconds of each window, and how many of what is counted rather than timed. */
const FULL = {
  rounds: 7,
  seconds: 2.5,
  codes: 400,
  statements: 200,
  signIns: 5_000,
  warmUp: 2_500,
  people: 12_000,
  grown: 200_000,
  grownSignIns: 100,
  grownCodes: 180,
  journal: 2_000_000,
  cards: 400,
};
const QUICK = {
  rounds: 3,
  seconds: 0.8,
  codes: 120,
  statements: 40,
  signIns: 300,
  warmUp: 500,
  people: 4_000,
  grown: 10_000,
  grownSignIns: 80,
  grownCodes: 100,
  journal: 100_000,
  cards: 80,
};

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    calibrate: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
    rows: { type: 'string' },
  },
});
const plan = { ...(values.quick ? QUICK : FULL), calibrate: values.calibrate };
const wanted = values.profile
  ? ['profile']
  : (values.rows?.split(',') ?? Object.keys(SECTIONS).filter((one) => one !== 'profile'));

const unknown = wanted.filter((name) => !(name in SECTIONS));
if (unknown.length > 0) {
  console.error(`No such rows: ${unknown.join(', ')}. There are: ${Object.keys(SECTIONS).join(', ')}`);
  process.exit(2);
}

const startedAt = performance.now();
const busyBefore = machineBusyMs();
const ground = await Ground.open();
ground.program = await buildProduct();
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => ground.close().then(() => process.exit(130)));

const judged = [];
try {
  for (const name of wanted) {
    const { title, lines } = await SECTIONS[name](ground, plan);
    printTable(title, lines);
    judged.push(...lines);
  }
} finally {
  await ground.close();
}

const elapsedMs = performance.now() - startedAt;
// Everything of ours has ended, so that its time is in our account.
const others = (machineBusyMs() - busyBefore - ownMs()) / (elapsedMs * cpus().length);
console.log(`
${Math.round(elapsedMs / 1_000)} s; each ratio is one of medians over ${plan.rounds} alternating rounds.`);
console.log(
  `Others took ${Math.round(Math.max(0, others) * 100)} % of this machine meanwhile: the more, the less the figures per second say.`,
);

const failures = judged.filter(missed);
for (const { what, ratio, must } of failures) console.log(`MISSED: ${what.trim()}: ${ratio} (must ${must})`);
process.exitCode = failures.length > 0 ? 1 : 0;
