/** The claims of a client's assertion that are checked here; the library checks signature, issuer and `jti`. */
export type AssertionClaims = Readonly<Record<'aud' | 'exp' | 'iat', unknown>>;

/** The life of Authlib's assertions; `jti` is remembered as long. */
const LONGEST_SECONDS = 3_600;

/**
 * What is wrong with an assertion by which a client proves itself (RFC 7523bis, CVE-2025-27370); nothing when it is good.
 * One that another server may take too could be passed on by it.
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
