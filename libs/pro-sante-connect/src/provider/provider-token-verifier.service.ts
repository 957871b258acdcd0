import { Inject, Injectable } from '@nestjs/common';
import { Clock, SECOND } from '@portillon/kernel';
import { decodeProtectedHeader, errors, JWTPayload, jwtVerify, JWTVerifyOptions } from 'jose';
import { PROVIDER_OPTIONS, type ResolvedProvider } from '../pro-sante-connect.options';
import { rejected } from './provider-failure';
import type { ProviderKeys } from './provider-discovery.service';

export type TokenClaims = JWTPayload & Readonly<Record<string, unknown>>;

/** The issuer that signs tokens. */
export interface TokenIssuer {
  issuer: string;
  keys: ProviderKeys;
}

/** PSC signs with RS256 alone: `none`, a MAC with our own secret and every other algorithm are refused. */
const ALGORITHMS = ['RS256'];
const LONGEST_SUBJECT = 255;

/** Verifies what PSC signs: issuer, audience, algorithm, signature, times by our Clock. Its keys may change at any time. */
@Injectable()
export class ProviderTokenVerifierService {
  constructor(
    @Inject(PROVIDER_OPTIONS) private readonly provider: ResolvedProvider | null,
    private readonly clock: Clock,
  ) {}

  /** The claims of an id_token that came from the token endpoint. A key that is new is fetched, whatever the cooldown. */
  async idToken(token: string, from: TokenIssuer): Promise<TokenClaims> {
    const times = { requiredClaims: ['exp'], maxTokenAge: '10 minutes' };
    return this.#issuedToUs(await this.#verifyFresh(token, from, { audience: this.#us.clientId, ...times }));
  }

  /** The claims of a signed userinfo answer; its issuer and audience may be left out (OpenID Connect Core 5.3.2). */
  async userInfo(token: string, from: TokenIssuer): Promise<TokenClaims> {
    const claims = await this.#verifyFresh(token, from, { issuer: undefined });
    if (claims.iss !== undefined && claims.iss !== from.issuer) throw rejected('userinfo-issuer');
    const audiences = [claims.aud ?? []].flat();
    if (audiences.length > 0 && !audiences.includes(this.#us.clientId)) throw rejected('userinfo-audience');
    return claims;
  }

  /** The claims of a token that anybody may have sent to us (OpenID Connect Back-Channel Logout 2.6). */
  async logoutToken(token: string, from: TokenIssuer): Promise<TokenClaims> {
    const rules = { audience: this.#us.clientId, maxTokenAge: '5 minutes' };
    const claims = await this.#verify(token, from, rules);
    if (!isLogoutType(decodeProtectedHeader(token).typ)) throw rejected('claims', 'not a logout token');
    return claims;
  }

  async #verifyFresh(token: string, from: TokenIssuer, options: JWTVerifyOptions): Promise<TokenClaims> {
    try {
      return await this.#verify(token, from, options);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await from.keys.reload();
      return this.#verify(token, from, options);
    }
  }

  async #verify(
    token: string,
    { issuer, keys }: TokenIssuer,
    options: JWTVerifyOptions,
  ): Promise<TokenClaims> {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ALGORITHMS,
      issuer,
      clockTolerance: this.#us.clockToleranceSeconds,
      currentDate: this.clock.now(),
      ...options,
    });
    return payload;
  }

  /** OpenID Connect Core 3.1.3.7: the token must be issued to us, and the user's authentication must be strong enough. */
  #issuedToUs(claims: TokenClaims): TokenClaims {
    if (!isParty(claims, this.#us.clientId)) throw rejected('authorized-party');
    if (this.#isAhead(claims['auth_time'])) throw rejected('times', 'proved at a time to come');
    if (!isSubject(claims.sub)) throw rejected('subject');
    if (!this.#us.acrValues.includes(String(claims['acr']))) throw rejected('acr');
    return claims;
  }

  #isAhead(seconds: unknown): boolean {
    return Number(seconds) > this.clock.now().getTime() / SECOND + this.#us.clockToleranceSeconds;
  }

  /** There is no token of PSC without settings of PSC. */
  get #us(): ResolvedProvider {
    return this.provider!;
  }
}

/** With several audiences, the token must name the party that it was issued to. */
function isParty({ aud, azp }: TokenClaims, clientId: string): boolean {
  return azp === undefined ? [aud].flat().length === 1 : azp === clientId;
}

function isSubject(subject: unknown): boolean {
  return typeof subject === 'string' && subject !== '' && subject.length <= LONGEST_SUBJECT;
}

/**
 * A token with another explicit type is not a logout token (OpenID Connect Back-Channel Logout 2.4, RFC 8725, 3.11). The
 * logout type itself is recommended, not required.
 */
function isLogoutType(typ: string | undefined): boolean {
  return typ === undefined || /^(application\/)?(logout\+jwt|jwt)$/i.test(typ);
}
