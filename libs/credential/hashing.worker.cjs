// What a hashing thread runs. Plain JavaScript: a thread of its own is compiled by nothing, under test as in service.
'use strict';
const os = require('node:os');
const { workerData } = require('node:worker_threads');
const argon2 = require('@node-rs/argon2');

const ARGON2ID = 2;

// On Linux a priority belongs to the thread, so that the event loop goes before the hashes; elsewhere it would slow the
// whole process down.
if (process.platform === 'linux') {
  try {
    os.setPriority(0, workerData.niceness);
  } catch {
    // Not allowed in this sandbox: the hashes are as urgent as the rest.
  }
}

/** A digest of the password, or whether it is the one that `digest` was made from. */
module.exports = ({ digest, password, salt, memory, passes }) => {
  if (digest) return argon2.verifySync(digest, password);
  const cost = { memoryCost: memory, timeCost: passes, parallelism: 1 };
  return argon2.hashSync(password, { algorithm: ARGON2ID, ...cost, salt: Buffer.from(salt) });
};
