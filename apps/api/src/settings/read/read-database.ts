import { isIP } from 'node:net';
import { join } from 'node:path';
import type { EnvironmentReader } from '../environment-reader';
import { isLoopback } from '@portillon/http';
import { certificates } from '../pem-files';
import type { DatabaseSettings } from '../settings';

const SERVER = /^(mysql|mariadb):\/\//;
/** `postgres:`, `jdbc:…`, `user:password@tcp(…)`: a name before a colon is no file. One letter is a drive of Windows. */
const SCHEME = /^[a-z][a-z0-9+.-]+:/i;
const POSTGRESQL = /^(jdbc:)?postgres/i;
const TLS_MODES = ['off', 'required', 'verify'] as const;

/** The location of the data: a server, or a file of the embedded engine. Other values must not become a file name. */
export function databaseUrl(
  read: EnvironmentReader,
  { demo, dataFolder }: { demo: boolean; dataFolder: string },
): string {
  const text = read.text('DATABASE_URL') ?? read.assumed('DATABASE_URL', join(dataFolder, 'portillon.db'));
  if (SERVER.test(text)) {
    refuseUnusable(read, 'DATABASE_URL', text);
    // Demo accounts have public passwords: they must never be among real accounts.
    if (demo)
      read.refuse('SMTP_URL', 'is required with this DATABASE_URL: the demo has its embedded file alone');
  } else if (SCHEME.test(text) && !/^sqlite:(?!\/\/)/.test(text)) {
    const why = POSTGRESQL.test(text) ? ': PostgreSQL is not supported' : '';
    read.refuse('DATABASE_URL', `must be mysql://…, mariadb://…, sqlite:… or a file path${why}`);
  }
  return text;
}

/** A query would reach some connections and not others: TLS has separate settings. */
function refuseUnusable(read: EnvironmentReader, name: string, text: string): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!SERVER.test(text) || !url?.hostname || !/^\/[^/]+$/.test(url.pathname))
    read.refuse(name, 'must be mysql://user:password@host:port/database');
  else if (url.search || url.hash)
    read.refuse(name, 'takes no options: see DATABASE_TLS and DATABASE_POOL_SIZE');
}

/** How the connections to a server are made. The embedded engine has none. */
export function database(read: EnvironmentReader, production: boolean): DatabaseSettings {
  const poolSize = read.whole('DATABASE_POOL_SIZE', { default: 10, min: 1, max: 500 });
  const tls = {
    mode: read.choice('DATABASE_TLS', TLS_MODES, 'off'),
    caFile: read.text('DATABASE_CA_FILE'),
  };
  const allowPlain = read.yes('DATABASE_ALLOW_PLAIN');
  const url = read.text('DATABASE_URL') ?? '';
  const replicaUrl = replica(read);
  const urls = { DATABASE_URL: url, DATABASE_REPLICA_URL: replicaUrl ?? '' };
  if (!SERVER.test(url)) refuseWithoutServer(read);
  else if (
    production &&
    tls.mode === 'off' &&
    !tls.caFile &&
    !allowPlain &&
    Object.values(urls).some(isElsewhere)
  )
    read.refuse('DATABASE_TLS', 'must be verify or required in production, or set DATABASE_ALLOW_PLAIN=true');
  else refuseUnusableTls(read, urls, tls);
  return { replicaUrl, poolSize, tls };
}

/** Where reports are read, by the same TLS as the database itself. */
function replica(read: EnvironmentReader): string | null {
  const text = read.text('DATABASE_REPLICA_URL');
  if (text) refuseUnusable(read, 'DATABASE_REPLICA_URL', text);
  return text;
}

function refuseUnusableTls(
  read: EnvironmentReader,
  urls: Record<string, string>,
  { mode, caFile }: DatabaseSettings['tls'],
): void {
  if (caFile && mode !== 'verify') read.refuse('DATABASE_TLS', 'must be verify with DATABASE_CA_FILE');
  else if (caFile) certificates(read, 'DATABASE_CA_FILE', caFile);
  for (const [name, url] of Object.entries(urls))
    if (mode === 'verify' && namesAnAddress(url))
      read.refuse(
        name,
        'must name the server by its host name with DATABASE_TLS=verify, as its certificate does',
      );
}

/** Names and digests of passwords would pass in clear over a network. */
function isElsewhere(url: string): boolean {
  return URL.canParse(url) && !isLoopback(new URL(url).hostname);
}

/** The driver compares the certificate with a host name alone. */
function namesAnAddress(url: string): boolean {
  return URL.canParse(url) && isIP(new URL(url).hostname.replace(/^\[|\]$/g, '')) !== 0;
}

function refuseWithoutServer(read: EnvironmentReader): void {
  for (const name of ['DATABASE_REPLICA_URL', 'DATABASE_TLS', 'DATABASE_CA_FILE', 'DATABASE_POOL_SIZE'])
    if (read.text(name)) read.refuse(name, 'needs a MySQL or MariaDB DATABASE_URL');
}
