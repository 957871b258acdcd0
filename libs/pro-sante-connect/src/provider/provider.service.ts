import { Inject, Injectable } from '@nestjs/common';
import type { SignedOutState } from '@portillon/access';
import { SECOND } from '@portillon/kernel';
import { timeout, TimeoutStrategy } from 'cockatiel';
import * as openid from 'openid-client';
import { type Identity, identityOf, type PersonClaims, type VerifiedPerson } from './identity';
import {
  CALLBACK_PATH,
  MODULE_OPTIONS_TOKEN,
  type ProSanteConnectOptions,
  PROVIDER_OPTIONS,
  type ResolvedProvider,
  SIGN_OUT_RETURN_PATH,
} from '../pro-sante-connect.options';
import { unproven } from '../refusal';
import { DiscoveredProvider, ProviderDiscoveryService } from './provider-discovery.service';
import { asProviderFailure, outage, rejected } from './provider-failure';
import { TokenClaims, ProviderTokenVerifierService } from './provider-token-verifier.service';

/** Ties an answer of PSC to its request. */
export interface Correlation {
  state: string;
  nonce: string;
  codeVerifier: string;
  /** The maximum age of PSC's proof, in seconds; null: any age. */
  maxAge: number | null;
}

/** The time limit of all requests to PSC for one user: several answers may each be slow. */
const PATIENCE_MS = 10 * SECOND;
/** Of an answer to userinfo, in characters. */
const MOST_TEXT = 256 * 1_024;

/** Pro Santé Connect, as OpenID Connect sees it. */
@Injectable()
export class ProviderService {
  readonly #patience = timeout(PATIENCE_MS, TimeoutStrategy.Aggressive);

  constructor(
    private readonly discovery: ProviderDiscoveryService,
    private readonly verifier: ProviderTokenVerifierService,
    @Inject(PROVIDER_OPTIONS) private readonly provider: ResolvedProvider | null,
    @Inject(MODULE_OPTIONS_TOKEN) private readonly options: ProSanteConnectOptions,
  ) {}

  /** The address where the browser signs in. @throws AppError `means.unavailable` */
  async authorizationUrl({ state, nonce, codeVerifier, maxAge }: Correlation): Promise<URL> {
    const { configuration } = await this.discovery.find();
    return openid.buildAuthorizationUrl(configuration, {
      redirect_uri: this.options.publicUrl + CALLBACK_PATH,
      scope: 'openid scope_all',
      acr_values: this.provider!.acrValues.join(' '),
      state,
      nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
      ...(maxAge === null ? {} : { max_age: String(maxAge) }),
    });
  }

  /**
   * Checks the query that PSC sent the browser back with, and asks PSC for the identity. `query` begins with `?`.
   * @throws Unproven
   */
  async identify(query: string, correlation: Correlation): Promise<Identity> {
    let subject: string | undefined;
    try {
      const verified = await this.#patience.execute(() => this.#identify(query, correlation));
      subject = verified.token.sub;
      return identityOf(verified);
    } catch (error) {
      throw unproven(error, subject);
    }
  }

  async #identify(query: string, correlation: Correlation): Promise<VerifiedPerson> {
    const found = await this.discovery.find();
    const { id_token: idToken, access_token: accessToken } = await openid.authorizationCodeGrant(
      found.configuration,
      new URL(this.options.publicUrl + CALLBACK_PATH + query),
      {
        expectedState: correlation.state,
        expectedNonce: correlation.nonce,
        pkceCodeVerifier: correlation.codeVerifier,
        idTokenExpected: true,
        // A maximum age makes `auth_time` compulsory in the id_token: the browser may have removed it from the request.
        ...(correlation.maxAge === null ? {} : { maxAge: correlation.maxAge }),
      },
    );
    const token = await this.verifier.idToken(idToken!, found);
    const claims = await this.#userInfo(found, accessToken);
    if (claims['sub'] !== token.sub) throw rejected('userinfo-subject');
    return { idToken: idToken!, token, claims };
  }

  /** The sign-out address at PSC; undefined when PSC does not answer or has none. */
  async endSessionUrl(idToken: string, state: SignedOutState): Promise<URL | undefined> {
    const found = await this.discovery.find().catch(() => undefined);
    if (!found?.configuration.serverMetadata().end_session_endpoint) return undefined;
    return openid.buildEndSessionUrl(found.configuration, {
      id_token_hint: idToken,
      post_logout_redirect_uri: this.options.publicUrl + SIGN_OUT_RETURN_PATH,
      state,
    });
  }

  /** The claims of a logout token. @throws AppError `means.unavailable`, `identity.rejected` */
  async logoutClaims(token: string): Promise<TokenClaims> {
    try {
      return await this.verifier.logoutToken(token, await this.discovery.find());
    } catch (error) {
      throw asProviderFailure(error);
    }
  }

  /** Plain or signed, as PSC prefers. `openid-client` hands a signed one on unverified. */
  async #userInfo(found: DiscoveredProvider, accessToken: string): Promise<PersonClaims> {
    if (!found.userInfoUrl) throw outage('unusable-metadata', 'no userinfo endpoint');
    const url = new URL(found.userInfoUrl);
    const answer = await openid.fetchProtectedResource(found.configuration, accessToken, url, 'GET');
    const text = await answer.text();
    if (answer.status >= 500) throw outage('out-of-reach', `userinfo: ${answer.status}`);
    if (answer.status !== 200 || text.length > MOST_TEXT)
      throw rejected('userinfo-refused', `userinfo: ${answer.status}`);
    const type = answer.headers.get('content-type') ?? '';
    if (type.startsWith('application/jwt')) return this.verifier.userInfo(text.trim(), found);
    if (!type.startsWith('application/json')) throw rejected('userinfo-form', 'userinfo: content type');
    return objectIn(text);
  }
}

function objectIn(text: string): PersonClaims {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as PersonClaims;
  } catch {
    // Rejected below, with every other text that is no object.
  }
  throw rejected('userinfo-form', 'userinfo: not an object');
}
