import { createRemoteJWKSet, customFetch } from 'jose';
import type { RequestInit } from 'undici';
import { Inject, Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import { addMilliseconds, Clock, HOUR, SECOND } from '@portillon/kernel';
import { circuitBreaker, CircuitState, ConsecutiveBreaker, handleAll, isBrokenCircuitError } from 'cockatiel';
import * as openid from 'openid-client';
import { PROVIDER_OPTIONS, type ResolvedProvider } from '../pro-sante-connect.options';
import { asProviderFailure, notOffered, outage } from './provider-failure';

/** The keys that PSC publishes, fetched when a token first needs them. */
export type ProviderKeys = ReturnType<typeof createRemoteJWKSet>;

/** A token with an unknown key causes a new fetch of the keys, at most this often: forged tokens must not flood PSC. */
const COOLDOWN_MS = 5_000;
const KEYS_KEPT_MS = 10 * 60_000;

/** `fetching`: where another than Node's own is needed. */
export function providerKeys(url: string, timeoutMs: number, fetching?: typeof fetch): ProviderKeys {
  return createRemoteJWKSet(new URL(url), {
    timeoutDuration: timeoutMs,
    cooldownDuration: COOLDOWN_MS,
    cacheMaxAge: KEYS_KEPT_MS,
    ...(fetching ? { [customFetch]: fetching } : {}),
  });
}

/**
 * `fetch` with our client certificate (RFC 8705), which Node's own `fetch` does not support; documented by `openid-client`.
 * Loaded only when a certificate is configured.
 */
async function certificateFetch(certificate: { cert: string; key: string }): Promise<typeof fetch> {
  const undici = await import('undici');
  const dispatcher = new undici.Agent({ connect: certificate });
  const ask = (url: string, options: RequestInit) => undici.fetch(url, { ...options, dispatcher });
  return ask as unknown as typeof fetch;
}

/** The state of PSC. */
export interface DiscoveredProvider {
  issuer: string;
  configuration: openid.Configuration;
  keys: ProviderKeys;
  userInfoUrl: string | undefined;
  at: Date;
}

const LOGOUT_TOKEN_KEPT_MS = HOUR;
/** The pause after a failure of PSC: a flood of sign-ins must not become a flood of requests to PSC. */
const LEFT_ALONE_MS = 5 * SECOND;

/** Finds Pro Santé Connect, when it is first needed, so that its outage stops no start. */
@Injectable()
export class ProviderDiscoveryService implements OnApplicationBootstrap {
  readonly #logger = new Logger('ProSanteConnect');
  readonly #breaker = circuitBreaker(handleAll, {
    halfOpenAfter: LEFT_ALONE_MS,
    breaker: new ConsecutiveBreaker(1),
  });
  #provider: ResolvedProvider | null;
  #found?: DiscoveredProvider;
  #finding?: Promise<DiscoveredProvider>;
  /** The reason, for operators. */
  #failure: unknown;

  constructor(
    @Inject(PROVIDER_OPTIONS) provider: ResolvedProvider | null,
    private readonly clock: Clock,
  ) {
    this.#provider = provider;
  }

  onApplicationBootstrap(): void {
    // Loads the document early, so that the first user need not wait. A failure is ignored here.
    if (this.#provider) void this.find().catch(() => undefined);
  }

  /** False without PSC in this deployment, or while PSC is down. Never waits; checks again after an outage. */
  get available(): boolean {
    if (!this.#provider) return false;
    if (this.#found || this.#breaker.state === CircuitState.Closed) return true;
    void this.find().catch(() => undefined);
    return false;
  }

  /** Takes another certificate of ours into use: the next request makes its connection with it. */
  renewCertificate(authentication: { cert: string; key: string }): void {
    if (!this.#provider) return;
    this.#provider = { ...this.#provider, authentication };
    this.#found = undefined;
  }

  /**
   * Fetches the document once for concurrent callers. Uses it for an hour, or longer while PSC does not answer.
   *
   * @throws AppError `means.unavailable`
   */
  async find(): Promise<DiscoveredProvider> {
    if (this.#found && this.clock.now() < addMilliseconds(this.#found.at, LOGOUT_TOKEN_KEPT_MS))
      return this.#found;
    this.#finding ??= this.#look().finally(() => (this.#finding = undefined));
    return this.#finding;
  }

  /**
   * Asks it now, whatever was found of it before.
   *
   * @throws AppError `means.unavailable`
   */
  async ask(): Promise<void> {
    const provider = this.#provider;
    if (!provider) throw notOffered();
    try {
      await this.#breaker.execute(() => this.#discover(provider));
    } catch (error) {
      throw this.#note(error);
    }
  }

  async #look(): Promise<DiscoveredProvider> {
    const provider = this.#provider;
    if (!provider) throw notOffered();
    try {
      return (this.#found = await this.#breaker.execute(() => this.#discover(provider)));
    } catch (error) {
      const failure = this.#note(error);
      if (this.#found) return this.#found;
      throw failure;
    }
  }

  #note(error: unknown): Error {
    if (isBrokenCircuitError(error))
      return outage('down-just-now', 'PSC was down a moment ago', this.#failure);
    this.#failure = error;
    const { flaw, message } = asProviderFailure(error);
    this.#logger.warn(`does not answer: ${message}`);
    return outage(flaw, message, error);
  }

  async #discover(provider: ResolvedProvider): Promise<DiscoveredProvider> {
    const { authentication, discoveryUrl, timeoutMs } = provider;
    const fetching = 'cert' in authentication ? await certificateFetch(authentication) : undefined;
    const configuration = await openid.discovery(
      new URL(discoveryUrl),
      provider.clientId,
      metadata(provider),
      clientAuth(provider),
      {
        timeout: timeoutMs / SECOND,
        // Settings refuse plain HTTP in production: this is the demo's and the tests' provider.
        ...(isPlain(discoveryUrl) ? { execute: [openid.allowInsecureRequests] } : {}),
        ...(fetching ? { [openid.customFetch]: fetching } : {}),
      },
    );
    const { issuer, keysUrl, userInfoUrl } = placesOf(configuration, discoveryUrl);
    const keys = providerKeys(keysUrl, timeoutMs, fetching);
    return { issuer, configuration, keys, userInfoUrl, at: this.clock.now() };
  }
}

/** @throws AppError `means.unavailable` when the document names another issuer, or an endpoint without TLS. */
function placesOf(configuration: openid.Configuration, discoveryUrl: string) {
  const { issuer, jwks_uri: keysUrl, ...server } = configuration.serverMetadata();
  // As `openid-client` does at the token endpoint (RFC 8705, 5).
  const { use_mtls_endpoint_aliases: byCertificate } = configuration.clientMetadata();
  const alias = byCertificate ? server.mtls_endpoint_aliases?.userinfo_endpoint : undefined;
  const userInfoUrl = alias ?? server.userinfo_endpoint;
  // The library checks only the usual path, and PSC uses another one (RFC 8414, 3.3). A trailing slash is
  // removed before the path (OpenID Connect Discovery 1.0, 4.1); tokens name the exact issuer.
  if (!discoveryUrl.startsWith(`${issuer.replace(/\/$/u, '')}/.well-known/`))
    throw outage('unusable-metadata', 'issuer is not where it was found');
  if (!keysUrl) throw outage('unusable-metadata', 'no keys');
  // When the discovery used TLS, all other endpoints must use it too.
  if (!isPlain(discoveryUrl) && (isPlain(keysUrl) || (userInfoUrl && isPlain(userInfoUrl))))
    throw outage('unusable-metadata', 'a place without TLS');
  return { issuer, keysUrl, userInfoUrl };
}

function isPlain(url: string): boolean {
  return new URL(url).protocol !== 'https:';
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
