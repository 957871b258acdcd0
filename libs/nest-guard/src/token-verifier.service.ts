import { Inject, Injectable, Logger } from '@nestjs/common';
import { createRemoteJWKSet, errors, JWTPayload, jwtVerify } from 'jose';
import type { JWTVerifyOptions } from 'jose';
import { GUARD_OPTIONS, requireUsable } from './portillon-guard.options';
import type { PortillonGuardOptions } from './portillon-guard.options';

/** Algorithms of Portillon: no token may choose another, least of all `none` or HMAC. */
const ALGORITHMS = ['RS256', 'ES256'];
/** Maximum age of an assertion or a logout token: each is made for one request. */
const OLDEST_SECONDS = 120;
const TOLERANCE_SECONDS = 5;
/** Minimum time between two requests for the keys. An unknown key id triggers one; a flood of forged ids triggers no more. */
const COOL_DOWN_MS = 30_000;
/** A withdrawn key is no longer accepted after this time. */
const KEPT_MS = 10 * 60_000;

/** Failures of the keys, not of the token. */
const OF_KEYS = new Set(['ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID', 'ERR_JOSE_GENERIC']);

/** Thrown when the issuer's keys cannot be fetched: the token was not checked. */
class KeysUnreachableError extends Error {
  override readonly name = 'KeysUnreachableError';
}

/** Verifies tokens of Portillon for this application, with keys that are fetched once and cached for ten minutes. */
@Injectable()
export class TokenVerifierService {
  readonly #keys: ReturnType<typeof createRemoteJWKSet>;
  readonly #expected: JWTVerifyOptions;
  readonly #logger = new Logger(TokenVerifierService.name);

  /** @throws Error naming the option that is wrong */
  constructor(@Inject(GUARD_OPTIONS) options: PortillonGuardOptions) {
    requireUsable(options);
    const { issuer, audience, jwksUri, clockToleranceSeconds } = options;
    const uri = new URL(jwksUri ?? `${new URL(issuer).origin}/oidc/jwks`);
    this.#keys = createRemoteJWKSet(uri, { cooldownDuration: COOL_DOWN_MS, cacheMaxAge: KEPT_MS });
    this.#expected = {
      issuer,
      audience: [audience].flat(),
      algorithms: ALGORITHMS,
      clockTolerance: clockToleranceSeconds ?? TOLERANCE_SECONDS,
    };
  }

  /** Returns the claims of a valid `Portillon-Assertion`. */
  assertion(token: string): Promise<JWTPayload | undefined> {
    const typ = 'portillon-assertion+jwt';
    return this.#claims(token, { typ, requiredClaims: ['sub', 'exp'], maxTokenAge: OLDEST_SECONDS });
  }

  /** Returns the claims of a valid access token (RFC 9068) that was issued for a person. */
  async bearer(token: string): Promise<JWTPayload | undefined> {
    const claims = await this.#claims(token, { typ: 'at+jwt', requiredClaims: ['sub', 'exp', 'client_id'] });
    // A machine client that acts for itself has no session of a person (RFC 9068, 5).
    if (!claims || claims.sub !== claims['client_id']) return claims;
    return this.#refused('at+jwt', 'it was issued to a service for itself, not for a person');
  }

  /** Returns the claims of a valid logout token (OpenID Connect Back-Channel Logout 1.0, 2.6). */
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

  /** Logged for the application's team: the caller learns no reason, and the log has no token. */
  #refused(type: string, reason: string): undefined {
    this.#logger.debug(`A token (${type}) was refused: ${reason}`);
  }
}
