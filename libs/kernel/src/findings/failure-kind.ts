/** Kinds of failure of a dependency, whichever library reports it. */
export type FailureKind =
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
