/** Why a certificate is refused, for the journal. Users get one answer and a page that helps. */
export type CardRefusal =
  | 'malformed'
  | 'unknown-authority'
  | 'not-a-person-authority'
  | 'not-yet-valid'
  | 'expired'
  | 'weak-algorithm'
  | 'not-for-authentication'
  | 'unknown-critical-extension'
  | 'not-a-card'
  | 'test-card'
  | 'not-nominative'
  | 'unclear-identity'
  | 'revoked'
  | 'revocation-unknown';
