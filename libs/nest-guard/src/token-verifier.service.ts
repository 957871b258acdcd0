import { Inject, Injectable, Logger } from '@nestjs/common';
import { createRemoteJWKSet, errors, JWTPayload, jwtVerify } from 'jose';
import type { JWTVerifyOptions } from 'jose';
import { GUARD_OPTIONS } from './portillon-guard.options';
import type { PortillonGuardOptions } from './portillon-guard.options';

/** Those that Portillon signs with: no token chooses another, `none` and HMAC least of all. */
const ALGORITHMS = ['RS256', 'ES256'];
/** How old an assertion or a logout token may be: each is made anew for its request. */
const OLDEST_SECONDS = 120;
const TOLERANCE_SECONDS = 5;
/** An unknown key id has the keys fetched again, no sooner than this: a flood of forged ids asks once. */
const COOL_DOWN_MS = 30_000;
/** A key that was withdrawn is no longer believed after this. */
const KEPT_MS = 10 * 60_000;

/** Failures that are the keys' and not the token's. */
const OF_KEYS = new Set(['ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID', 'ERR_JOSE_GENERIC']);

/** Thrown when the keys of the issuer cannot be had: nothing is said of the token. */
class KeysUnreachableError extends Error {
  override readonly name = 'KeysUnreachableError';
}

/** What was signed by Portillon for this application, by its keys, which are fetched once and kept for ten minutes. */
@Injectable()
export class TokenVerifierService {
  readonly #keys: ReturnType<typeof createRemoteJWKSet>;
  readonly #expected: JWTVerifyOptions;
  readonly #logger = new Logger(TokenVerifierService.name);

  constructor(
    @Inject(GUARD_OPTIONS) { issuer, audience, jwksUri, clockToleranceSeconds }: PortillonGuardOptions,
  ) {
    const uri = new URL(jwksUri ?? `${new URL(issuer).origin}/oidc/jwks`);
    this.#keys = createRemoteJWKSet(uri, { cooldownDuration: COOL_DOWN_MS, cacheMaxAge: KEPT_MS });
    this.#expected = {
      issuer,
      audience: [audience].flat(),
      algorithms: ALGORITHMS,
      clockTolerance: clockToleranceSeconds ?? TOLERANCE_SECONDS,
    };
  }

  /** The claims of a `Portillon-Assertion`. */
  assertion(token: string): Promise<JWTPayload | undefined> {
    const typ = 'portillon-assertion+jwt';
    return this.#claims(token, { typ, requiredClaims: ['sub', 'exp'], maxTokenAge: OLDEST_SECONDS });
  }

  /** The claims of an access token (RFC 9068) that was issued for a person. */
  async bearer(token: string): Promise<JWTPayload | undefined> {
    const claims = await this.#claims(token, { typ: 'at+jwt', requiredClaims: ['sub', 'exp', 'client_id'] });
    // A service that acts for itself has no person's session (RFC 9068, 5).
    if (!claims || claims.sub !== claims['client_id']) return claims;
    return this.#refused('at+jwt', 'it was issued to a service for itself, not for a person');
  }

  /** The claims of a logout token (OpenID Connect Back-Channel Logout 1.0, 2.6). */
  logout(token: string): Promise<JWTPayload | undefined> {
    return this.#claims(token, {
      typ: 'logout+jwt',
      requiredClaims: ['jti', 'events'],
      maxTokenAge: OLDEST_SECONDS,
    });
  }

  /** @throws KeysUnreachableError */
  async #claims(token: string, ofItsKind: JWTVerifyOptions): Promise<JWTPayload | undefined> {
    try {
      const { payload } = await jwtVerify(token, this.#keys, { ...this.#expected, ...ofItsKind });
      return payload;
    } catch (error) {
      if (error instanceof errors.JOSEError && !OF_KEYS.has(error.code))
        return this.#refused(ofItsKind.typ!, error.message);
      throw new KeysUnreachableError('The keys of Portillon cannot be read', { cause: error });
    }
  }

  /** For the application's team alone: the caller learns nothing of it, and the token stays out of the log. */
  #refused(type: string, reason: string): undefined {
    this.#logger.debug(`A token (${type}) was refused: ${reason}`);
  }
}
