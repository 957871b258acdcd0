import { isLoopback } from '@portillon/http';
import { CommandRefusal } from '../refusal';

/** The database on this machine, in which root creates the accounts. */
export const LOCAL_DATABASE = 'local';
/** Names of the account that serves and of the account that changes tables. */
export const SERVING = 'portillon';
export const MIGRATING = 'portillon-migrate';

const LOCAL_URL = 'mysql://root@127.0.0.1:3306/portillon';

export interface DatabaseAnswer {
  url: URL;
  /** Whether the URL has an account that may create others. Otherwise the administrator of the database runs the SQL. */
  hasAdministrator: boolean;
  /** Whether root connects through the socket. */
  bySocket: boolean;
  /** Whether the server runs on this machine. */
  isLocal: boolean;
}

/** Reads the answer. @throws CommandRefusal */
export function databaseAnswer(answer: string): DatabaseAnswer {
  const bySocket = answer === LOCAL_DATABASE;
  const text = bySocket ? LOCAL_URL : answer;
  if (!/^(mysql|mariadb):\/\/([^@/]+@)?[^@/]+\/[\w-]{1,64}$/.test(text) || !URL.canParse(text))
    throw new CommandRefusal('must be "local", or mysql://administrator:password@host:3306/portillon');
  const url = new URL(text);
  return { url, hasAdministrator: url.username !== '', bySocket, isLocal: isLoopback(url.hostname) };
}

/** The URL of the same database for another account. */
export function urlOf(url: URL, { name, password }: { name: string; password: string }): string {
  const own = new URL(url);
  own.username = name;
  own.password = password;
  return own.href;
}

/** The answer without the administrator's user and password, which are stored nowhere. */
export function withoutAdministrator(answer: string): string {
  return answer === LOCAL_DATABASE ? answer : answer.replace(/\/\/[^@/]*@/, '//');
}
