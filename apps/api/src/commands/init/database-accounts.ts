import { DatabaseAccount, grantStatements, quoted } from '@portillon/persistence';
import { failureText } from '@portillon/kernel';
import { readFileSync } from 'node:fs';
import { createConnection, type Connection } from 'mysql2/promise';
import { PERSISTENCE_PARTS } from '../../persistence-parts';
import { CommandRefusal } from '../refusal';
import { databaseAnswer, MIGRATING, SERVING } from './database-answer';
import type { SettingValues } from './questions';

const CONNECT_MS = 5_000;
/** Debian's MariaDB lets root in through it, without a password. */
const SOCKET = '/run/mysqld/mysqld.sock';

export interface AccountPasswords {
  serving: string;
  migrating: string;
}

/** Connects as the administrator of the answer, and returns the version of the server. @throws CommandRefusal */
export function serverVersion(answer: string, environment: SettingValues): Promise<string> {
  return asAdministrator(answer, environment, async (connection) => {
    const [rows] = await connection.query('SELECT VERSION() AS version');
    return (rows as { version: string }[])[0]!.version;
  });
}

/** Creates the database and both accounts. @throws CommandRefusal */
export async function createAccounts(
  answer: string,
  environment: SettingValues,
  passwords: AccountPasswords,
): Promise<void> {
  await run(answer, environment, accountsSql(answer, passwords));
}

/** Statements that create the database and both accounts, with the rights of the one that migrates. */
export function accountsSql(answer: string, passwords: AccountPasswords): string[] {
  const { database, serving, migrating } = grantRequest(answer);
  const account = (one: DatabaseAccount, password: string) => [
    `CREATE USER IF NOT EXISTS ${quoted(one)} IDENTIFIED BY '${password}'`,
    `ALTER USER ${quoted(one)} IDENTIFIED BY '${password}'`,
  ];
  return [
    `CREATE DATABASE IF NOT EXISTS \`${database}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`,
    ...account(migrating, passwords.migrating),
    ...account(serving, passwords.serving),
    ...grantStatements(PERSISTENCE_PARTS, { database, serving, migrating }).migrating,
  ];
}

/** Grants the rights on the tables, which must exist, to the account that serves. @throws CommandRefusal */
export async function grantServing(answer: string, environment: SettingValues): Promise<void> {
  await run(answer, environment, grantStatements(PERSISTENCE_PARTS, grantRequest(answer)).serving);
}

function grantRequest(answer: string) {
  const { url, isLocal } = databaseAnswer(answer);
  const host = isLocal ? '127.0.0.1' : '%';
  const database = url.pathname.slice(1);
  return { database, serving: { name: SERVING, host }, migrating: { name: MIGRATING, host } };
}

async function run(answer: string, environment: SettingValues, statements: string[]): Promise<void> {
  await asAdministrator(answer, environment, async (connection) => {
    for (const statement of statements) await connection.query(statement);
  });
}

async function asAdministrator<Result>(
  answer: string,
  environment: SettingValues,
  work: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  let connection: Connection | undefined;
  try {
    connection = await createConnection(connectionOf(answer, environment));
    return await work(connection);
  } catch (error) {
    throw new CommandRefusal(`the database ${failureText(error, 'DATABASE_URL')}`);
  } finally {
    await connection?.end();
  }
}

function connectionOf(answer: string, { DATABASE_TLS: mode, DATABASE_CA_FILE: caFile }: SettingValues) {
  const { url, bySocket } = databaseAnswer(answer);
  const user = decodeURIComponent(url.username);
  if (bySocket) return { socketPath: SOCKET, user, connectTimeout: CONNECT_MS };
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || 3_306),
    user,
    password: decodeURIComponent(url.password),
    connectTimeout: CONNECT_MS,
    ...(mode === 'verify' || mode === 'required'
      ? { ssl: { rejectUnauthorized: mode === 'verify', ...(caFile ? { ca: readFileSync(caFile) } : {}) } }
      : {}),
  };
}
