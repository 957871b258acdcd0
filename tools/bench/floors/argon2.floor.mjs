// Argon2id alone: 8 verifications at once for `MILLISECONDS`, then one line with what each took.
import { hashSync, verify } from '@node-rs/argon2';
import { closedLoop } from '../driver/closed-loop.mjs';
import { PASSWORD } from '../driver/people.mjs';
import { HASH } from './floor-tables.mjs';

const digest = hashSync(PASSWORD, HASH);
const durationMs = Number(process.env.MILLISECONDS);
await closedLoop({ atOnce: 8, durationMs: durationMs / 4, work: () => verify(digest, PASSWORD) });
const before = process.cpuUsage();
const run = await closedLoop({ atOnce: 8, durationMs, work: () => verify(digest, PASSWORD) });
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ perSecond: run.perSecond, cpuMs: (user + system) / 1_000 / run.done }));
