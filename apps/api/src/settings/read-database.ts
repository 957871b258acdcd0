import { isIP } from 'node:net';
import { join } from 'node:path';
import type { EnvironmentReader } from './environment-reader';
import { isLoopback } from './hosts';
import { refuseNoCertificate } from './pem-files';
import type { DatabaseSettings } from './settings';

const SERVER = /^(mysql|mariadb):\/\//;
/** `postgres:`, `jdbc:…`, `user:password@tcp(…)`: a name before a colon is no file. One letter is a drive of Windows. */
const SCHEME = /^[a-z][a-z0-9+.-]+:/i;
const POSTGRESQL = /^(jdbc:)?postgres/i;
const TLS_MODES = ['off', 'required', 'verify'] as const;

/** Where the data is: a server, or a file of the embedded engine. What is neither must not become a file's name. */
export function databaseUrl(
  read: EnvironmentReader,
  { demo, dataFolder }: { demo: boolean; dataFolder: string },
): string {
  const text = read.text('DATABASE_URL') ?? read.assumed('DATABASE_URL', join(dataFolder, 'portillon.db'));
  if (SERVER.test(text)) {
    refuseUnusable(read, text);
    // Demo people have public passwords: never among people of flesh and blood.
    if (demo)
      read.refuse('SMTP_URL', 'is required with this DATABASE_URL: the demo has its embedded file alone');
  } else if (SCHEME.test(text) && !/^sqlite:(?!\/\/)/.test(text)) {
    const why = POSTGRESQL.test(text) ? ': PostgreSQL is not supported' : '';
    read.refuse('DATABASE_URL', `must be mysql://…, mariadb://…, sqlite:… or a file path${why}`);
  }
  return text;
}

/** A query would reach some connections and not others: TLS has settings of its own. */
function refuseUnusable(read: EnvironmentReader, text: string): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url?.hostname || !/^\/[^/]+$/.test(url.pathname))
    read.refuse('DATABASE_URL', 'must be mysql://user:password@host:port/database');
  else if (url.search || url.hash)
    read.refuse('DATABASE_URL', 'takes no options: see DATABASE_TLS and DATABASE_POOL_SIZE');
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
  if (!SERVER.test(url)) refuseWithoutServer(read);
  else if (production && tls.mode === 'off' && !tls.caFile && !allowPlain && isElsewhere(url))
    read.refuse('DATABASE_TLS', 'must be verify or required in production, or set DATABASE_ALLOW_PLAIN=true');
  else refuseUnusableTls(read, url, tls);
  return { poolSize, tls };
}

function refuseUnusableTls(
  read: EnvironmentReader,
  url: string,
  { mode, caFile }: DatabaseSettings['tls'],
): void {
  if (caFile && mode !== 'verify') read.refuse('DATABASE_TLS', 'must be verify with DATABASE_CA_FILE');
  else if (mode === 'verify' && namesAnAddress(url))
    read.refuse(
      'DATABASE_URL',
      'must name the server by its host name with DATABASE_TLS=verify, as its certificate does',
    );
  else if (caFile) refuseNoCertificate(read, 'DATABASE_CA_FILE', caFile);
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
  for (const name of ['DATABASE_TLS', 'DATABASE_CA_FILE', 'DATABASE_POOL_SIZE'])
    if (read.text(name)) read.refuse(name, 'needs a MySQL or MariaDB DATABASE_URL');
}
