import { Clock, SECOND } from '@portillon/kernel';
import {
  createRemoteJWKSet,
  customFetch,
  decodeProtectedHeader,
  errors,
  JWTPayload,
  UnsecuredJWT,
} from 'jose';
import type { JWTClaimVerificationOptions } from 'jose';
import { rejected } from './provider-failure';
import type { ResolvedProvider } from './pro-sante-connect.options';
import { requireSignature } from './token-signature';

export type TokenClaims = JWTPayload & Readonly<Record<string, unknown>>;

/** PSC signs with RS256 alone: `none`, a MAC with our own secret and every other algorithm are refused. */
const ALGORITHMS = ['RS256'];
const UNSECURED = Buffer.from('{"alg":"none"}').toString('base64url');
/** A token with an unknown key asks for the keys again, at most this often: forged ones must not flood PSC. */
const KEYS_COOLDOWN_MS = 5_000;
const KEYS_KEPT_MS = 10 * 60_000;

/** Verifies what PSC signs: issuer, audience, algorithm, signature, times by our Clock. Its keys may change at any time. */
export class TokenVerifier {
  readonly #keys: ReturnType<typeof createRemoteJWKSet>;

  constructor(
    private readonly issuer: string,
    keysUrl: string,
    private readonly provider: ResolvedProvider,
    private readonly clock: Clock,
    fetching: typeof fetch,
  ) {
    this.#keys = createRemoteJWKSet(new URL(keysUrl), {
      timeoutDuration: provider.timeoutMs,
      cooldownDuration: KEYS_COOLDOWN_MS,
      cacheMaxAge: KEYS_KEPT_MS,
      [customFetch]: fetching,
    });
  }

  /** The claims of an id_token that came from the token endpoint. A key that is new is fetched, whatever the cooldown. */
  async idToken(token: string): Promise<TokenClaims> {
    return this.#issuedToUs(await this.#verifyFresh(token, { audience: this.provider.clientId }));
  }

  /** The claims of a signed userinfo answer; its audience may be left out (OpenID Connect Core 5.3.2). */
  async userInfo(token: string): Promise<TokenClaims> {
    const claims = await this.#verifyFresh(token, { issuer: undefined });
    if (claims.iss !== undefined && claims.iss !== this.issuer) throw rejected('userinfo-issuer');
    const audiences = [claims.aud ?? []].flat();
    if (audiences.length > 0 && !audiences.includes(this.provider.clientId))
      throw rejected('userinfo-audience');
    return claims;
  }

  /** The claims of a token that anybody may have sent to us (OpenID Connect Back-Channel Logout 2.6). */
  logoutToken(token: string): Promise<TokenClaims> {
    return this.#verify(token, { audience: this.provider.clientId, maxTokenAge: '5 minutes' });
  }

  async #verifyFresh(token: string, options: JWTClaimVerificationOptions): Promise<TokenClaims> {
    try {
      return await this.#verify(token, options);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await this.#keys.reload();
      return this.#verify(token, options);
    }
  }

  async #verify(token: string, options: JWTClaimVerificationOptions): Promise<TokenClaims> {
    const header = decodeProtectedHeader(token);
    // Told apart before a key is looked for: `none` and the MACs name no key of PSC.
    if (!header.alg || !ALGORITHMS.includes(header.alg)) throw rejected('signature-algorithm');
    // RFC 7515, 4.1.11: what must be understood is not.
    if (header.crit !== undefined) throw rejected('signature-algorithm', 'critical header');
    requireSignature(token, await this.#keys({ ...header, alg: header.alg }));
    const { payload } = UnsecuredJWT.decode(withoutSignature(token), {
      issuer: this.issuer,
      clockTolerance: this.provider.clockToleranceSeconds,
      currentDate: this.clock.now(),
      ...options,
    });
    return payload;
  }

  #isAhead(seconds: unknown): boolean {
    return Number(seconds) > this.clock.now().getTime() / SECOND + this.provider.clockToleranceSeconds;
  }

  /** OpenID Connect Core 3.1.3.7: the party that it was issued to is us; how the person signed in is enough. */
  #issuedToUs(claims: TokenClaims): TokenClaims {
    if (!isParty(claims, this.provider.clientId)) throw rejected('authorized-party');
    if (claims.exp === undefined || claims.iat === undefined) throw rejected('times', 'token without times');
    if (this.#isAhead(claims.iat) || this.#isAhead(claims['auth_time']))
      throw rejected('times', 'token of a time to come');
    if (!isSubject(claims.sub)) throw rejected('subject');
    if (!this.provider.acrValues.includes(String(claims['acr']))) throw rejected('acr');
    return claims;
  }
}

/** For jose to judge the claims of what was signed as it judges any. */
function withoutSignature(token: string): string {
  return `${UNSECURED}.${token.split('.')[1]}.`;
}

/** Several audiences must name the one that the token was issued to. */
function isParty({ aud, azp }: TokenClaims, clientId: string): boolean {
  return azp === undefined ? [aud].flat().length === 1 : azp === clientId;
}

function isSubject(subject: unknown): boolean {
  return typeof subject === 'string' && subject !== '' && subject.length <= 255;
}
