/** What a worker is asked: to check a password against a digest, or to make a digest. */
export type HashingJob =
  | { digest: string; password: string }
  | { password: string; salt: Uint8Array; memory: number; passes: number };

export type HashingAnswer = { result: boolean | string } | { failure: string };

/** What every worker is started with. */
export interface WorkerSettings {
  /** Absolute path of `@node-rs/argon2`, resolved by the parent: evaluated code has no folder to resolve from. */
  argon2: string;
  /** 0 (as the event loop) to 19 (last). */
  niceness: number;
}

/**
 * The code of a hashing thread, as a text: so that it runs the same from TypeScript under test, from the built lib and
 * from a bundle of one file. On Linux a priority belongs to the thread, so that the event loop goes before the hashes;
 * elsewhere it would slow the whole process down.
 */
export const HASHING_WORKER = `
'use strict';
const { parentPort, workerData } = require('node:worker_threads');
const os = require('node:os');
const argon2 = require(workerData.argon2);

if (process.platform === 'linux') {
  try {
    os.setPriority(0, workerData.niceness);
  } catch {
    // Not allowed in this sandbox: the hashes are as urgent as the rest.
  }
}

function answer(job) {
  if (job.digest) return argon2.verifySync(job.digest, job.password);
  const salt = Buffer.from(job.salt);
  const options = { algorithm: 2, memoryCost: job.memory, timeCost: job.passes, parallelism: 1, salt };
  return argon2.hashSync(job.password, options);
}

parentPort.on('message', (job) => {
  try {
    parentPort.postMessage({ result: answer(job) });
  } catch (error) {
    parentPort.postMessage({ failure: String(error && error.message) });
  }
});
`;
