/** The claims of a client's assertion that are checked here; the library checks signature, issuer and `jti`. */
export type AssertionClaims = Readonly<Record<'aud' | 'exp' | 'iat', unknown>>;

/** The lifetime of Authlib's assertions; `jti` is remembered for as long. */
const LONGEST_SECONDS = 3_600;

/**
 * Returns the fault of a client's assertion (RFC 7523bis, CVE-2025-27370); undefined when it is valid. An assertion that
 * another server also accepts is refused: that server could replay it here.
 */
export function faultOfAssertion(
  { aud, exp, iat }: AssertionClaims,
  audiences: readonly string[],
  { now, tolerance }: { now: number; tolerance: number },
): string | undefined {
  if (typeof aud !== 'string' || !audiences.includes(aud))
    return 'audience (aud) must be one text, the issuer or the token endpoint';
  if (Number(exp) > now + LONGEST_SECONDS + tolerance) return 'expiration (exp) must be within an hour';
  return iat !== undefined && Number(iat) > now + tolerance
    ? 'the time of issue (iat) is in the future'
    : undefined;
}
