/** What a list or a responder says of a certificate; `unknown` refuses it. */
export type RevocationStatus = 'good' | 'revoked' | 'unknown';
