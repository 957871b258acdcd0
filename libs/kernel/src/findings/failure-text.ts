import { AppError } from '../errors/app-error';
import { codesOf, FailureKind, failureKind } from './failure-kind';
import type { Finding } from './finding.types';

const DATABASE = /^DATABASE_/;

/** Describes a failure in a sentence that follows the name of the setting and contains no value. */
const REASONS: Record<Exclude<FailureKind, 'unknown'>, string> = {
  'nothing-listens': 'nothing listens at its address',
  'no-address': 'its host has no address',
  silent: 'nothing answers at its address: a wrong address, a firewall, or a server that hangs',
  'login-refused': 'its user or password is refused',
  'not-allowed': 'its account lacks a right on that database',
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

/**
 * Describes a failure and names the setting to check: `does not answer: check DATABASE_URL: nothing listens at its
 * address`. `setting`: the one with the address, the user and the password.
 */
export function failureText(error: unknown, setting: string): string {
  const { text, advice } = failureFinding(error, setting);
  return `${text}: ${advice}`;
}

/** As {@link failureText}, as a finding with an advice. */
export function failureFinding(error: unknown, setting: string): Finding {
  const kind = failureKind(error);
  const authorities = DATABASE.test(setting) ? 'DATABASE_CA_FILE' : 'NODE_EXTRA_CA_CERTS';
  const named = OF_AUTHORITIES.includes(kind) ? authorities : setting;
  const text = UNANSWERED.includes(kind) ? 'does not answer' : 'cannot be used';
  return { state: 'failing', text, advice: `check ${named}: ${reasonText(error, setting)}` };
}

/** Reports whether a dependency answers, and how fast. `setting`: as in {@link failureText}. */
export async function findAnswer(setting: string, ask: () => Promise<unknown>): Promise<Finding> {
  const begun = performance.now();
  try {
    await ask();
  } catch (error) {
    return failureFinding(error, setting);
  }
  const latencyMs = Math.round(performance.now() - begun);
  return { state: 'well', text: `answers in ${latencyMs} ms`, latencyMs };
}

/** The reason alone. A library's message may contain what was sent; ours does not. */
export function reasonText(error: unknown, setting = ''): string {
  const kind = failureKind(error);
  if (kind === 'unknown') return unknownReason(error);
  // MariaDB refuses an account that requires TLS with the message for a wrong password.
  const isTls = kind === 'login-refused' && DATABASE.test(setting);
  return REASONS[kind] + (isTls ? ', or the account asks for TLS (DATABASE_TLS)' : '');
}

function unknownReason(error: unknown): string {
  if (error instanceof AppError) return error.message;
  return `it failed with ${codesOf(error)[0] ?? 'no code that is known'}`;
}
