import { createHash } from 'node:crypto';
import { Inject, Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import { Clock, HOUR, SECOND } from '@portillon/kernel';
import * as openid from 'openid-client';
import type { PersonClaims } from './identity.types';
import {
  CALLBACK_PATH,
  MODULE_OPTIONS_TOKEN,
  resolveProvider,
  SIGNED_OUT_PATH,
} from './pro-sante-connect.options';
import type { ProSanteConnectOptions, ResolvedProvider } from './pro-sante-connect.options';
import { asProviderFailure, outage, rejected } from './provider-failure';
import { providerFetch } from './provider.fetch';
import { TokenClaims, TokenVerifier } from './token-verifier';

/** What ties an answer of PSC to the request that asked for it. */
export interface Correlation {
  state: string;
  nonce: string;
  codeVerifier: string;
  /** How old PSC's proof of the person may be, in seconds; null: of any age. */
  maxAge: number | null;
}

/** What PSC proves of the person who came back from it. */
export interface VerifiedPerson {
  idToken: string;
  token: TokenClaims;
  claims: PersonClaims;
}

interface Reached {
  configuration: openid.Configuration;
  verifier: TokenVerifier;
  userInfoUrl: string | undefined;
  at: Date;
}

const KEPT_MS = HOUR;
/** After a failure PSC is left alone for so long: a flood of sign-ins must not become one of requests to it. */
const LEFT_ALONE_MS = 5 * SECOND;
/** All that is asked of PSC for one person: several answers may each be slow. */
const PATIENCE_MS = 10 * SECOND;
/** Of an answer to userinfo, in characters. */
const MOST_TEXT = 256 * 1_024;

/** Pro Santé Connect, as OpenID Connect sees it. Found when it is first needed, so that its outage stops no start. */
@Injectable()
export class Provider implements OnApplicationBootstrap {
  readonly #logger = new Logger('ProSanteConnect');
  #provider: ResolvedProvider | undefined;
  readonly #publicUrl: string;
  #fetch: ReturnType<typeof providerFetch>;
  #reached?: Reached;
  #reaching?: Promise<Reached>;
  #failedAt?: Date;
  /** Why, for who operates. */
  #failure: unknown;

  constructor(
    @Inject(MODULE_OPTIONS_TOKEN) options: ProSanteConnectOptions,
    private readonly clock: Clock,
  ) {
    this.#publicUrl = options.publicUrl;
    this.#provider = options.provider ? resolveProvider(options.provider) : undefined;
    this.#fetch = providerFetch(this.#provider);
  }

  onApplicationBootstrap(): void {
    // The first person need not wait for it; whether it answers is no matter of ours yet.
    if (this.#provider) void this.#reach().catch(() => undefined);
  }

  /** Takes another certificate of ours into use: the next request makes its connection with it. */
  renewCertificate(authentication: { cert: string; key: string }): void {
    if (!this.#provider) return;
    this.#provider = { ...this.#provider, authentication };
    this.#fetch = providerFetch(this.#provider);
    this.#reached = undefined;
  }

  /** False when this deployment has none, or while PSC is down. Waits for nothing; after an outage it looks again. */
  get available(): boolean {
    if (!this.#provider) return false;
    if (this.#reached || !this.#failedAt) return true;
    void this.#reach().catch(() => undefined);
    return false;
  }

  /** Resolves when PSC is known. @throws AppError `means.unavailable` */
  async reach(): Promise<void> {
    await this.#reach();
  }

  /** Where the browser goes to sign in. @throws AppError `means.unavailable` */
  async authorizationUrl(correlation: Correlation): Promise<URL> {
    const { configuration } = await this.#reach();
    return openid.buildAuthorizationUrl(configuration, {
      redirect_uri: this.#publicUrl + CALLBACK_PATH,
      scope: 'openid scope_all',
      acr_values: this.#provider!.acrValues.join(' '),
      state: correlation.state,
      nonce: correlation.nonce,
      code_challenge: challengeOf(correlation.codeVerifier),
      code_challenge_method: 'S256',
      ...(correlation.maxAge === null ? {} : { max_age: String(correlation.maxAge) }),
    });
  }

  /**
   * Takes what PSC sent the browser back with, and asks it who that is. `query` begins with `?`.
   *
   * @throws AppError `means.unavailable`, `identity.rejected`; the error of openid-client when PSC answered `error`.
   */
  identify(query: string, correlation: Correlation): Promise<VerifiedPerson> {
    return inTime(this.#identify(query, correlation));
  }

  async #identify(query: string, correlation: Correlation): Promise<VerifiedPerson> {
    const { configuration, verifier, userInfoUrl } = await this.#reach();
    const tokens = await openid.authorizationCodeGrant(
      configuration,
      new URL(this.#publicUrl + CALLBACK_PATH + query),
      {
        expectedState: correlation.state,
        expectedNonce: correlation.nonce,
        pkceCodeVerifier: correlation.codeVerifier,
        idTokenExpected: true,
        // Compulsory in the id_token, and young enough, where it was asked for: the browser may have left that out.
        ...(correlation.maxAge === null ? {} : { maxAge: correlation.maxAge }),
      },
    );
    const token = await verifier.idToken(tokens.id_token!);
    const claims = await this.#userInfo(userInfoUrl, verifier, tokens.access_token);
    if (claims['sub'] !== token.sub) throw rejected('userinfo-subject');
    return { idToken: tokens.id_token!, token, claims };
  }

  /** Where the browser goes to sign out there too; nothing when PSC does not answer or has no such place. */
  async endSessionUrl(idToken: string): Promise<URL | undefined> {
    const reached = await this.#reach().catch(() => undefined);
    if (!reached?.configuration.serverMetadata().end_session_endpoint) return undefined;
    return openid.buildEndSessionUrl(reached.configuration, {
      id_token_hint: idToken,
      post_logout_redirect_uri: this.#publicUrl + SIGNED_OUT_PATH,
      state: 'signed-out',
    });
  }

  /** The claims of a logout token. @throws AppError `means.unavailable`, `identity.rejected` */
  async logoutClaims(token: string): Promise<TokenClaims> {
    try {
      return await (await this.#reach()).verifier.logoutToken(token);
    } catch (error) {
      throw asProviderFailure(error);
    }
  }

  async #userInfo(
    url: string | undefined,
    verifier: TokenVerifier,
    accessToken: string,
  ): Promise<PersonClaims> {
    if (!url) throw outage('unusable-metadata', 'no userinfo endpoint');
    const headers = { authorization: `Bearer ${accessToken}` };
    const answer = await this.#fetch(url, { method: 'GET', headers });
    const text = await answer.text();
    if (answer.status >= 500) throw outage('out-of-reach', `userinfo: ${answer.status}`);
    if (answer.status !== 200 || text.length > MOST_TEXT)
      throw rejected('userinfo-refused', `userinfo: ${answer.status}`);
    const type = answer.headers.get('content-type') ?? '';
    if (type.startsWith('application/jwt')) return verifier.userInfo(text.trim());
    if (!type.startsWith('application/json')) throw rejected('userinfo-form', 'userinfo: content type');
    return objectIn(text);
  }

  /** One look at a time; what was found is used for an hour, and beyond when PSC does not answer then. */
  async #reach(): Promise<Reached> {
    const now = this.clock.now();
    if (this.#reached && now.getTime() - this.#reached.at.getTime() < KEPT_MS) return this.#reached;
    if (this.#failedAt && now.getTime() - this.#failedAt.getTime() < LEFT_ALONE_MS)
      return (
        this.#reached ?? Promise.reject(outage('down-just-now', 'PSC was down a moment ago', this.#failure))
      );
    this.#reaching ??= this.#discover().finally(() => (this.#reaching = undefined));
    return this.#reaching;
  }

  async #discover(): Promise<Reached> {
    if (!this.#provider) throw outage('not-configured');
    try {
      const reached = await this.#ask(this.#provider);
      this.#failedAt = undefined;
      return (this.#reached = reached);
    } catch (error) {
      this.#failedAt = this.clock.now();
      this.#failure = error;
      const known = asProviderFailure(error);
      this.#logger.warn(`does not answer: ${known.message}`);
      if (this.#reached) return this.#reached;
      throw outage(known.flaw, known.message, error);
    }
  }

  async #ask(provider: ResolvedProvider): Promise<Reached> {
    const url = new URL(provider.discoveryUrl);
    const configuration = await openid.discovery(
      url,
      provider.clientId,
      metadata(provider),
      clientAuth(provider),
      {
        timeout: provider.timeoutMs / SECOND,
        // Settings refuse plain HTTP in production: this is the demo's and the tests' provider.
        ...(url.protocol === 'http:' ? { execute: [openid.allowInsecureRequests] } : {}),
        [openid.customFetch]: this.#fetch,
      },
    );
    // Each answer has its limit from what asks for it, without a signal to each (provider.fetch).
    configuration.timeout = 0;
    const { issuer, jwks_uri: keysUrl, userinfo_endpoint: userInfoUrl } = configuration.serverMetadata();
    // The usual check stands on the usual path; PSC's is another (RFC 8414, 3.3).
    if (!provider.discoveryUrl.startsWith(`${issuer}/.well-known/`))
      throw outage('unusable-metadata', 'issuer is not where it was found');
    if (!keysUrl) throw outage('unusable-metadata', 'no keys');
    // Nothing that PSC found over TLS is asked without it.
    if (
      url.protocol === 'https:' &&
      [keysUrl, userInfoUrl ?? keysUrl].some((one) => !one.startsWith('https:'))
    )
      throw outage('unusable-metadata', 'a place without TLS');
    const verifier = new TokenVerifier(issuer, keysUrl, provider, this.clock, this.#fetch);
    return { configuration, verifier, userInfoUrl, at: this.clock.now() };
  }
}

/** S256 (RFC 7636, 4.2), at once: WebCrypto's would wait for a thread. */
function challengeOf(codeVerifier: string): string {
  return createHash('sha256').update(codeVerifier).digest('base64url');
}

function metadata(provider: ResolvedProvider): Partial<openid.ClientMetadata> {
  return {
    id_token_signed_response_alg: 'RS256',
    use_mtls_endpoint_aliases: 'cert' in provider.authentication,
    [openid.clockTolerance]: provider.clockToleranceSeconds,
  };
}

function clientAuth({ authentication }: ResolvedProvider): openid.ClientAuth {
  return 'clientSecret' in authentication
    ? openid.ClientSecretPost(authentication.clientSecret)
    : openid.TlsClientAuth();
}

function objectIn(text: string): PersonClaims {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as PersonClaims;
  } catch {
    // Told below, with every other text that is no object.
  }
  throw rejected('userinfo-form', 'userinfo: not an object');
}

/** What comes too late is of no use any more: every request in it has a limit of its own, and ends unheard. */
function inTime<Result>(work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(outage('too-slow', 'PSC took too long')), PATIENCE_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
