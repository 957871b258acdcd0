// What a hashing thread runs. Plain JavaScript: a thread of its own is compiled by nothing, under test as in service.
'use strict';
const { createCipheriv, createHash, pbkdf2Sync, scryptSync, timingSafeEqual } = require('node:crypto');
const os = require('node:os');
const { workerData } = require('node:worker_threads');
const argon2 = require('@node-rs/argon2');
const bcrypt = require('@node-rs/bcrypt');

const ARGON2ID = 2;
/** Bytes of the key that Firebase derives, of the counter of its cipher, and of the cipher's key. */
const FIREBASE = { derived: 64, counter: 16, key: 32 };

// On Linux a priority belongs to the thread, so that the event loop goes before the hashes; elsewhere it would slow the
// whole process down.
if (process.platform === 'linux') {
  try {
    os.setPriority(0, workerData.niceness);
  } catch {
    // Not allowed in this sandbox: the hashes are as urgent as the rest.
  }
}

/** The bytes that another product computes from a password. */
const DERIVATIONS = {
  pbkdf2: (password, { hash, iterations, salt, length }) =>
    pbkdf2Sync(password, salt, iterations, length, hash),
  scrypt: (password, { salt, length, ...cost }) => derivedByScrypt(password, salt, length, cost),
  firebase: (password, { salt, key, ...cost }) => {
    const derived = derivedByScrypt(password, salt, FIREBASE.derived, cost);
    const cipher = createCipheriv(
      'aes-256-ctr',
      derived.subarray(0, FIREBASE.key),
      Buffer.alloc(FIREBASE.counter),
    );
    return Buffer.concat([cipher.update(key), cipher.final()]);
  },
  digest: (password, { hash, salt }) => createHash(hash).update(password).update(salt).digest(),
  // A module for `import` alone, which a service without moved passwords never loads.
  sha512crypt: async (password, { setting }) => {
    const { encrypt } = await import('unixcrypt');
    return Buffer.from(encrypt(password, setting).split('$').at(-1));
  },
};

function derivedByScrypt(password, salt, length, { logN, r, p }) {
  const N = 2 ** logN;
  return scryptSync(password, salt, length, { N, r, p, maxmem: 2 * 128 * N * r + 2 ** 20 });
}

/** Whether a password is that of a digest. */
async function matches(password, { by, digest, derivation, expected }) {
  if (by === 'native')
    return digest.startsWith('$2')
      ? bcrypt.verifySync(password, digest)
      : argon2.verifySync(digest, password);
  const derived = await DERIVATIONS[derivation.by](password, derivation);
  if (by === 'wrapped') return argon2.verifySync(digest, derived.toString('base64'));
  return derived.length === expected.length && timingSafeEqual(derived, expected);
}

/** A digest of the password, or whether it is the one that `check` is about. */
module.exports = ({ check, password, salt, memory, passes }) => {
  if (check) return matches(password, check);
  const cost = { memoryCost: memory, timeCost: passes, parallelism: 1 };
  return argon2.hashSync(password, { algorithm: ARGON2ID, ...cost, salt: Buffer.from(salt) });
};
