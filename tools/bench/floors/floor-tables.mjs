import { hashSync } from '@node-rs/argon2';
import Libsql from 'libsql';
import { createConnection } from 'mysql2/promise';
import { PASSWORD, person } from '../driver/people.mjs';

/** The product's own parameters (policy: Argon2id, 19456 KiB, 2 passes, 1 lane). */
export const HASH = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const TABLES = [
  `CREATE TABLE account (id varchar(36) PRIMARY KEY, username varchar(100) NOT NULL UNIQUE,
     email varchar(255) NOT NULL, displayName varchar(200) NOT NULL, passwordDigest varchar(128) NOT NULL)`,
  `CREATE TABLE signIn (id varchar(36) PRIMARY KEY, accountId varchar(36) NOT NULL,
     secretDigest varchar(64) NOT NULL, codeDigest varchar(64) NOT NULL, attempts int NOT NULL,
     expiresAt bigint NOT NULL)`,
  `CREATE TABLE session (id varchar(36) PRIMARY KEY, signInId varchar(36) NOT NULL UNIQUE,
     principal text NOT NULL, secretDigest varchar(64) NOT NULL, expiresAt bigint NOT NULL)`,
];
const INSERT = 'INSERT INTO account (id, username, email, displayName, passwordDigest) VALUES ';
const BATCH = 1_000;

/** Makes the floors' three tables in an empty database and puts `people` people in. */
export async function fillFloor(url, people) {
  const database = await openForFilling(url);
  for (const table of TABLES) await database.run(table, []);
  const digest = hashSync(PASSWORD, HASH);
  for (let from = 0; from < people; from += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, people - from) }, (_, at) =>
      account(from + at, digest),
    );
    await database.run(INSERT + rows.map(() => '(?, ?, ?, ?, ?)').join(', '), rows.flat());
  }
  await database.end();
}

function account(index, digest) {
  const { username, email } = person(index);
  const id = `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`;
  return [id, username, email, `Personne ${index}`, digest];
}

/** A connection for many rows at a time. */
export async function openForFilling(url) {
  return url.startsWith('mysql:') ? server(url) : embedded(url);
}

async function server(url) {
  const connection = await createConnection(url);
  return { run: (sql, values) => connection.query(sql, values), end: () => connection.end() };
}

function embedded(file) {
  const database = new Libsql(file);
  database.pragma('journal_mode = WAL');
  return { run: async (sql, values) => database.prepare(sql).run(values), end: async () => database.close() };
}
