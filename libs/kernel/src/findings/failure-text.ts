import { AppError } from '../errors/app-error';
import type { Finding } from './finding-registry';

/** Kinds of failure of a dependency, whichever library reports it. */
type FailureKind =
  | 'nothing-listens'
  | 'no-address'
  | 'silent'
  | 'login-refused'
  | 'not-allowed'
  | 'unknown-database'
  | 'no-tls'
  | 'tls-wanted'
  | 'untrusted-certificate'
  | 'other-host'
  | 'expired-certificate'
  | 'file-unusable'
  | 'unknown';

const BY_CODE: Record<Exclude<FailureKind, 'unknown'>, readonly string[]> = {
  'nothing-listens': ['ECONNREFUSED'],
  'no-address': ['ENOTFOUND', 'EAI_AGAIN'],
  silent: [
    'ETIMEDOUT',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'ECONNRESET',
    'UND_ERR_CONNECT_TIMEOUT',
    'OAUTH_TIMEOUT',
  ],
  'login-refused': [
    'ER_ACCESS_DENIED_ERROR',
    'ER_ACCESS_DENIED_NO_PASSWORD_ERROR',
    'EAUTH',
    'WRONGPASS',
    'NOAUTH',
  ],
  'not-allowed': ['ER_DBACCESS_DENIED_ERROR', 'ER_TABLEACCESS_DENIED_ERROR', 'ER_COLUMNACCESS_DENIED_ERROR'],
  'unknown-database': ['ER_BAD_DB_ERROR'],
  'no-tls': [
    'HANDSHAKE_NO_SSL_SUPPORT',
    'ETLS',
    'ERR_SSL_WRONG_VERSION_NUMBER',
    'ERR_SSL_PACKET_LENGTH_TOO_LONG',
  ],
  'tls-wanted': ['ER_SECURE_TRANSPORT_REQUIRED'],
  'untrusted-certificate': [
    'SELF_SIGNED_CERT_IN_CHAIN',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'UNABLE_TO_GET_ISSUER_CERT',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'CERT_UNTRUSTED',
    'CERT_SIGNATURE_FAILURE',
  ],
  'other-host': ['ERR_TLS_CERT_ALTNAME_INVALID'],
  'expired-certificate': ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'],
  'file-unusable': [
    'SQLITE_CANTOPEN',
    'SQLITE_CANTOPEN_ISDIR',
    'SQLITE_NOTADB',
    'SQLITE_READONLY',
    'EACCES',
    'EISDIR',
  ],
};
const DEEPEST = 5;
const KINDS = new Map(
  Object.entries(BY_CODE).flatMap(([kind, codes]) => codes.map((code) => [code, kind as FailureKind])),
);

/** Messages of OpenSSL and of `AbortSignal.timeout`, which have no code. */
const BY_WORDS: readonly [RegExp, FailureKind][] = [
  [/aborted due to timeout/i, 'silent'],
  [/self[- ]signed certificate|unable to (verify|get) .*(certificate|issuer)/i, 'untrusted-certificate'],
  [/certificate has expired|certificate is not yet valid/i, 'expired-certificate'],
  [/does not match certificate's altnames/i, 'other-host'],
];

/** Searches an error, its causes and the errors that a library put into it. */
export function failureKind(error: unknown): FailureKind {
  for (const code of codesOf(error)) {
    const kind = KINDS.get(code);
    if (kind) return kind;
  }
  const words = messagesOf(error).join('\n');
  return BY_WORDS.find(([pattern]) => pattern.test(words))?.[1] ?? 'unknown';
}

/** From the outer error to the inner ones. Redis has no codes: the first word of its message serves as one. */
export function codesOf(error: unknown): string[] {
  return chainOf(error).flatMap(({ originalCode, code, message }) =>
    [originalCode, code, /^[A-Z]{6,}\b/.exec(String(message))?.[0]].filter((one) => typeof one === 'string'),
  );
}

function messagesOf(error: unknown): string[] {
  return chainOf(error).map(({ message }) => String(message));
}

/** The error, its causes, and the errors that a library put into it. */
function chainOf(error: unknown, depth = 0): Record<string, unknown>[] {
  if (typeof error !== 'object' || error === null || depth > DEEPEST) return [];
  const one = error as Record<string, unknown>;
  const inner = [
    one['driverError'],
    one['cause'],
    ...(Array.isArray(one['errors']) ? (one['errors'] as unknown[]) : []),
  ];
  return [one, ...inner.flatMap((each) => chainOf(each, depth + 1))];
}

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
