import { AppError } from '@portillon/kernel';
import { codesOf, FailureKind, failureKind } from './failure-kind';

/** The settings by which something is reached. */
export interface Reaching {
  /** Names where it is, and with which user and password. */
  url: string;
  /** Names the authorities that are trusted there. */
  authorities: string;
}

export const DATABASE: Reaching = { url: 'DATABASE_URL', authorities: 'DATABASE_CA_FILE' };
export const REPLICA: Reaching = { url: 'DATABASE_REPLICA_URL', authorities: 'DATABASE_CA_FILE' };
export const REDIS: Reaching = { url: 'REDIS_URL', authorities: 'NODE_EXTRA_CA_CERTS' };
export const RELAY: Reaching = { url: 'SMTP_URL', authorities: 'NODE_EXTRA_CA_CERTS' };
export const OURSELVES: Reaching = { url: 'PUBLIC_URL', authorities: 'NODE_EXTRA_CA_CERTS' };
export const PROVIDER: Reaching = { url: 'PSC_DISCOVERY_URL', authorities: 'NODE_EXTRA_CA_CERTS' };

/** What does not hold, in a sentence that follows the name of the setting and holds no value. */
const REASONS: Record<Exclude<FailureKind, 'unknown'>, string> = {
  'nothing-listens': 'nothing listens at its address',
  'no-address': 'its host has no address',
  silent: 'nothing answers at its address: a wrong address, a firewall, or a server that hangs',
  'login-refused': 'its user or password is refused',
  'unknown-database': 'the server has no database of that name',
  'no-tls': 'the server does not speak TLS there',
  'tls-wanted': 'the server wants TLS: set DATABASE_TLS',
  'untrusted-certificate': 'the certificate of the server is signed by no authority in it',
  'other-host': 'the certificate of the server is for another host than the one named',
  'expired-certificate': 'the certificate of the server has expired, or is not valid yet',
  'file-unusable':
    'its file cannot be opened: it must be a database, in a folder that this user may write to',
};
const OF_AUTHORITIES: readonly FailureKind[] = ['untrusted-certificate'];
const UNANSWERED: readonly FailureKind[] = ['nothing-listens', 'no-address', 'silent', 'unknown'];

/** What went wrong, and which setting to look at: `does not answer: check DATABASE_URL: nothing listens at its address`. */
export function failureText(error: unknown, reaching: Reaching): string {
  return failureParts(error, reaching).join(': ');
}

/** As {@link failureText}: what was found, then what to do. */
export function failureParts(error: unknown, reaching: Reaching): [found: string, advice: string] {
  const kind = failureKind(error);
  const setting = OF_AUTHORITIES.includes(kind) ? reaching.authorities : reaching.url;
  const said = UNANSWERED.includes(kind) ? 'does not answer' : 'cannot be used';
  return [said, `check ${setting}: ${reasonText(error, reaching)}`];
}

/** The reason alone. A library's own message may hold what was sent, ours does not. */
export function reasonText(error: unknown, reaching: Reaching): string {
  const kind = failureKind(error);
  if (kind === 'unknown') return unknownReason(error);
  // An account of MariaDB that asks for TLS is refused in the words of a wrong password.
  const orTls =
    kind === 'login-refused' && reaching.authorities === DATABASE.authorities
      ? ', or the account asks for TLS (DATABASE_TLS)'
      : '';
  return REASONS[kind] + orTls;
}

function unknownReason(error: unknown): string {
  if (error instanceof AppError) return error.message;
  return `it failed with ${codesOf(error)[0] ?? 'no code that is known'}`;
}
