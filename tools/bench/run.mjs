// The table of speeds; `npm run bench -- --help` lists its arguments.
import { parseArgs } from 'node:util';
import { Ground } from './ground.mjs';
import { machineUse } from './processor-time.mjs';
import { administration } from './rows/administration.mjs';
import { counts } from './rows/counts.mjs';
import { gate } from './rows/gate.mjs';
import { growth } from './rows/growth.mjs';
import { introspection } from './rows/introspection.mjs';
import { openid } from './rows/openid.mjs';
import { peers } from './rows/peers.mjs';
import { session } from './rows/session.mjs';
import { signIn } from './rows/sign-in.mjs';
import { start } from './rows/start.mjs';
import { missed, printTable } from './table.mjs';

/** The parts of the table: each starts what it needs, measures it, stops it, and gives its lines. */
const ROWS = {
  counts,
  'sign-in': signIn,
  session,
  openid,
  introspection,
  peers,
  gate,
  start,
  growth,
  administration,
};

/** Rounds that alternate, seconds of each window, and how many of what is counted rather than timed. */
const FULL = {
  rounds: 7,
  seconds: 2.5,
  people: 12_000,
  warmUp: 2_500,
  codes: 400,
  statements: 200,
  entries: 1_000,
  signIns: 10_000,
  grown: 200_000,
  casts: 3,
  accounts: 200_000,
  lines: 1_000_000,
  waiting: 320_000,
  looks: 40,
};
const QUICK = {
  rounds: 3,
  seconds: 0.8,
  people: 3_000,
  warmUp: 200,
  codes: 100,
  statements: 20,
  entries: 200,
  signIns: 300,
  grown: 10_000,
  casts: 1,
  accounts: 10_000,
  lines: 50_000,
  waiting: 20_000,
  looks: 10,
};

const USAGE = `npm run bench [-- --quick] [--rows ${Object.keys(ROWS).join(',')}]

--quick  short windows, for a first look: the bars are not judged by them
--rows   only these rows of the table`;

function readArguments() {
  const boolean = { type: 'boolean' };
  try {
    return parseArgs({ options: { quick: boolean, help: boolean, rows: { type: 'string' } } }).values;
  } catch (error) {
    console.error(`${error.message}\n\n${USAGE}`);
    process.exit(2);
  }
}

const values = readArguments();
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}
const plan = values.quick ? QUICK : FULL;
const wanted = values.rows?.split(',') ?? Object.keys(ROWS);
const unknown = wanted.filter((name) => !(name in ROWS));
if (unknown.length > 0) {
  console.error(`No such rows: ${unknown.join(', ')}. There are: ${Object.keys(ROWS).join(', ')}`);
  process.exit(2);
}

const use = machineUse();
const ground = await Ground.open();
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => ground.close().then(() => process.exit(130)));

const lines = [];
try {
  for (const name of wanted) lines.push(...(await ROWS[name](ground, plan)));
} finally {
  await ground.close();
}
printTable(lines);

// Everything of ours has ended, so that its time is in our account.
const { seconds, byOthers } = use();
const failures = lines.filter(missed);
console.log(
  `\n${seconds} s; others took ${byOthers} % of this machine: the more, the less a figure per second says.`,
);
console.log(
  failures.length === 0
    ? 'Every bar is met.'
    : `Missed: ${failures.map(({ what }) => what.trim()).join('; ')}.`,
);
process.exitCode = failures.length > 0 ? 1 : 0;
