import { hashSync } from '@node-rs/argon2';
import { createRequire } from 'node:module';
import { HASH, openForFilling } from '../floors/floor-tables.mjs';
import { PASSWORD, person } from './people.mjs';
import { SECRET_KEYS } from './product.mjs';

const require = createRequire(import.meta.url);
/** People after the others who have never signed in. */
export const NEWCOMERS = 40;
const BATCH = 500;
const LONG_AGO = '2026-01-05 08:00:00.000';

/** The id of person number `index`: of the form of the product's own, and easy to make others from in SQL. */
export function accountId(index) {
  return `018f0000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;
}

/**
 * Puts `people` people into the product's tables, as they are once each has signed in before: with the counters of
 * their name and of their codes. A very first sign-in makes these rows, and is measured apart.
 */
export async function fillProduct(url, people) {
  const database = await openForFilling(url);
  const makers = rowMakers();
  for (let from = 0; from < people; from += BATCH) {
    const size = Math.min(BATCH, people - from);
    for (const [table, make] of makers) {
      await insert(
        database,
        table,
        Array.from({ length: size }, (_, at) => make(from + at)),
      );
    }
  }
  await insert(
    database,
    'account',
    Array.from({ length: NEWCOMERS }, (_, at) => makers[0][1](people + at)),
  );
  await database.end();
}

function rowMakers() {
  const passwordDigest = hashSync(PASSWORD, HASH);
  const keyring = productKeyring();
  return [
    ['account', (index) => account(index, passwordDigest)],
    ['passwordAttempt', (index) => attempt(index, keyring)],
    ['otpSubject', (index) => ({ id: accountId(index), failures: 0 })],
  ];
}

function account(index, passwordDigest) {
  const { username, email, nationalId } = person(index);
  return {
    id: accountId(index),
    username,
    usernameKey: username,
    email,
    emailKey: email,
    displayName: `Personne ${index}`,
    displayNameKey: `personne ${index}`,
    locale: 'fr',
    status: 'ACTIVE',
    roles: 'professional',
    nationalId,
    codeChannel: 'EMAIL',
    passwordDigest,
    passwordChangedAt: LONG_AGO,
    createdAt: LONG_AGO,
    version: 1,
  };
}

function attempt(index, keyring) {
  return {
    nameDigest: keyring.digest('account.password-attempt', [person(index).username]),
    browserId: '',
    consecutive: 0,
    nextAttemptAt: '1970-01-01 00:00:00.000',
    latest: '0'.repeat(325),
    lastAttemptAt: LONG_AGO,
  };
}

/** The product's own keyed hash, from its TypeScript: the rows must be those that it will look for. */
function productKeyring() {
  require('@swc-node/register');
  return require('../../../libs/kernel/src/keyring.ts').Keyring.parse(SECRET_KEYS);
}

function insert(database, table, rows) {
  const names = Object.keys(rows[0]);
  const places = rows.map(() => `(${names.map(() => '?').join(', ')})`).join(', ');
  return database.run(
    `INSERT INTO ${table} (${names.join(', ')}) VALUES ${places}`,
    rows.flatMap(Object.values),
  );
}
