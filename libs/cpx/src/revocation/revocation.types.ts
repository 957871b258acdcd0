/** The status of a certificate by a list or a responder; `unknown` refuses it. */
export type RevocationStatus = 'good' | 'revoked' | 'unknown';
