import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sessionReads } from '../driver/loads.mjs';
import { measure } from '../driver/measure.mjs';
import { startFloor } from '../driver/side.mjs';
import { line, round } from '../driver/table.mjs';

const run = promisify(execFile);
const ARGON2 = fileURLToPath(new URL('../floors/argon2.floor.mjs', import.meta.url));

/** The floors under the floors, each alone, for the eye: what the machine can do at all today. */
export async function bareFloors(ground, url, cookies, { seconds }) {
  const lines = [await argon2Alone(seconds)];
  for (const [name, what] of [
    ['fastify', 'bare Fastify, 32 at once'],
    ['fastify-select', 'bare Fastify + one primary-key SELECT by prepared statement'],
    ['nest-select', 'Nest on Fastify + the same SELECT (floor of a guarded read)'],
  ]) {
    lines.push(await bareRead(ground, name, what, { url, cookies, seconds }));
  }
  return lines;
}

async function argon2Alone(seconds) {
  const env = { PATH: process.env.PATH, UV_THREADPOOL_SIZE: '2', MILLISECONDS: String(seconds * 1_000) };
  const { stdout } = await run(process.execPath, [ARGON2], { env });
  const { perSecond, cpuMs } = JSON.parse(stdout);
  return line('argon2id verify alone, 8 at once', {
    ours: '',
    floor: `${round(perSecond)} /s, ${round(cpuMs)} ms CPU`,
  });
}

async function bareRead(ground, name, what, { url, cookies, seconds }) {
  const side = await startFloor(name, ground, { url });
  try {
    const once = (durationMs) => sessionReads(side, cookies, { durationMs }, (loop) => measure(side, loop));
    await once(seconds * 500);
    const { perSecond, cpuMs } = await once(seconds * 1_000);
    return line(what, { ours: '', floor: `${round(perSecond)} /s, ${round(cpuMs * 1_000)} µs CPU` });
  } finally {
    await side.server.stop();
  }
}
