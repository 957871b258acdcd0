// npm run bench [-- --quick] [--rows sign-in,code,session,start,growth,embedded] [--calibrate] [--profile]
import { parseArgs } from 'node:util';
import { Ground } from './driver/ground.mjs';
import { buildProduct } from './driver/product.mjs';
import { missed, printTable } from './driver/table.mjs';
import { SECTIONS } from './rows/sections.mjs';

const FULL = {
  rounds: 5,
  seconds: 4,
  codes: 600,
  statements: 200,
  signIns: 5_000,
  people: 12_000,
  grown: 200_000,
};
const QUICK = {
  rounds: 3,
  seconds: 1.2,
  codes: 150,
  statements: 50,
  signIns: 400,
  people: 4_000,
  grown: 20_000,
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

const failures = judged.filter(missed);
console.log(
  `\n${Math.round((performance.now() - startedAt) / 1_000)} s, each figure the median of ${plan.rounds} alternating rounds.`,
);
for (const { what, ratio, must } of failures) console.log(`MISSED: ${what.trim()}: ${ratio} (must ${must})`);
process.exitCode = failures.length > 0 ? 1 : 0;
