import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '@portillon/kernel';
import { createLocalJWKSet, errors, JWTPayload, jwtVerify } from 'jose';
import { SigningKeyService } from '../keys/signing-key.service';
import { SIGNING_ALGORITHMS } from '../keys/signing-key.repository';
import { OPENID_OPTIONS, type ResolvedOpenidOptions } from '../openid.options';

/** The JWT type and the algorithms of our tokens: an ID token, or a JWT with `none`, is rejected. */
const RULES = {
  typ: 'at+jwt',
  algorithms: [...SIGNING_ALGORITHMS],
  requiredClaims: ['exp', 'iat', 'sub', 'aud', 'client_id'],
};

/**
 * Verifies the access tokens that this provider signs (RFC 9068), with the keys in the database. Applications elsewhere use
 * `TokenVerifierService` of `@portillon/nest-guard`, which fetches and caches the keys (docs/adr/0032).
 */
@Injectable()
export class AccessTokenService {
  constructor(
    private readonly keys: SigningKeyService,
    private readonly clock: Clock,
    @Inject(OPENID_OPTIONS) private readonly options: ResolvedOpenidOptions,
  ) {}

  /** Undefined when it is not ours, or expired. The caller must check the audience. */
  async read(token: string): Promise<JWTPayload | undefined> {
    const keys = createLocalJWKSet(await this.keys.jwks());
    try {
      const rules = { ...RULES, issuer: this.options.publicUrl, currentDate: this.clock.now() };
      return (await jwtVerify(token, keys, rules)).payload;
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  }
}

/** Whether the token is for this audience (RFC 7519, 4.1.3: one, or several). */
export function hasAudience({ aud }: JWTPayload, audiences: readonly string[]): boolean {
  return [aud ?? []].flat().some((one) => audiences.includes(one));
}
