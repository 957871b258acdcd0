import { Inject, Injectable } from '@nestjs/common';
import {
  MACHINE_SCOPES,
  OFFERED_AUTH_METHODS,
  OFFERED_PKCE_RULES,
  PEOPLE_SCOPES,
  requiresPkce,
  resourcesOf,
} from '@portillon/application';
import type { AuthMethod, PkceRule } from '@portillon/application';
import { Clock, epochSeconds, HOUR, MINUTE, SECOND } from '@portillon/kernel';
import { OutboundService } from '@portillon/outbound';
import type { AdapterFactory, Configuration, JWKS, KoaContextWithOIDC } from 'oidc-provider';
import { OPENID_OPTIONS } from '../openid.options';
import type { ResolvedOpenidOptions } from '../openid.options';
import { ClaimsService } from './claims.service';
import { AssertionClaims, faultOfAssertion, isPageOf } from './client-metadata';
import { loadGrant } from './grants';
import { InteractionPolicyService } from './interaction-policy.service';
import { LiveSessionService } from './live-session.service';
import { applicationOf } from './oidc-context';
import type { OidcProviderModule } from './oidc-context';
import { ProviderPageService } from './pages/provider-page.service';
import {
  providerCookies,
  CLAIMS,
  CLIENT_ENDPOINTS,
  CLOCK_TOLERANCE_SECONDS,
  INTERACTIONS_PATH,
  ROUTES,
} from './provider.constants';
import { RequestRegistry } from './request-registry.service';

/** The longest lifetime of a session; tokens and codes of a session end with it. */
const SESSION_SECONDS = (4 * HOUR) / SECOND;

const CODE_SECONDS = MINUTE / SECOND;

const ID_TOKEN_SECONDS = (5 * MINUTE) / SECOND;

const INTERACTION_SECONDS = (15 * MINUTE) / SECOND;

const COOKIE = { httpOnly: true, sameSite: 'lax', signed: false } as const;

type Client = NonNullable<KoaContextWithOIDC['oidc']['client']>;

/** The configuration of `oidc-provider`: its protocol, the features that are on (all others are off), and its limits. */
@Injectable()
export class ProviderConfigurationService {
  constructor(
    private readonly claims: ClaimsService,
    private readonly policy: InteractionPolicyService,
    @Inject(OFFERED_PKCE_RULES) private readonly pkceRules: readonly PkceRule[],
    @Inject(OPENID_OPTIONS) private readonly options: ResolvedOpenidOptions,
    private readonly pages: ProviderPageService,
    private readonly requests: RequestRegistry,
    private readonly outbound: OutboundService,
    private readonly live: LiveSessionService,
    private readonly clock: Clock,
    @Inject(OFFERED_AUTH_METHODS) private readonly methods: AuthMethod[],
  ) {}

  get issuer(): string {
    return this.options.publicUrl;
  }

  configuration(oidc: OidcProviderModule, jwks: JWKS, adapter: AdapterFactory): Configuration {
    return {
      ...this.#protocol(jwks),
      ...this.#clientAuthentication(oidc),
      rotateRefreshToken: (ctx) => this.#mayRotate(ctx, oidc),
      adapter,
      features: this.#features(oidc),
      interactions: {
        policy: this.policy.prompts(oidc),
        url: (_ctx, { uid }) => `${INTERACTIONS_PATH}/${uid}`,
      },
      findAccount: (ctx, id, token) => this.claims.findAccount(ctx, id, token),
      loadExistingGrant: (ctx) => loadGrant(ctx),
      extraTokenClaims: (ctx, token) => this.claims.ofToken(token, ctx),
      clientBasedCORS: (ctx, origin, client) => letPageRead(ctx, isPageOf(applicationOf(client), origin)),
      fetch: (url) => this.#fetch(url as string),
      renderError: (ctx, out) => this.pages.refusal(ctx, out),
    };
  }

  #protocol(jwks: JWKS): Configuration {
    return {
      jwks,
      routes: ROUTES,
      acrValues: this.policy.acrValues,
      claims: CLAIMS,
      scopes: [...PEOPLE_SCOPES, ...MACHINE_SCOPES],
      responseTypes: ['code'],
      subjectTypes: ['public'],
      pkce: { required: (ctx, client) => this.#requiresPkce(ctx, client) },
      clientDefaults: { require_auth_time: true },
      extraClientMetadata: { properties: ['application'] },
      // A page must not learn who the user is by a frame, nor take the cookie of another page's request.
      cookies: { names: providerCookies(this.issuer), long: COOKIE, short: COOKIE },
      conformIdTokenClaims: true,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      // Tokens end with the session in any case: LiveSessionService checks the session at each use.
      expiresWithSession: () => false,
      issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
      ttl: this.#lifetimes(),
    };
  }

  #requiresPkce({ oidc }: KoaContextWithOIDC, client: Parameters<typeof applicationOf>[0]): boolean {
    const nonce = oidc.params?.['nonce'] as string | undefined;
    return requiresPkce(applicationOf(client), nonce, this.pkceRules);
  }

  #lifetimes(): Configuration['ttl'] {
    const { accessTokenSeconds } = this.options;
    return {
      AuthorizationCode: CODE_SECONDS,
      AccessToken: accessTokenSeconds,
      ClientCredentials: accessTokenSeconds,
      IdToken: ID_TOKEN_SECONDS,
      Interaction: INTERACTION_SECONDS,
      RefreshToken: SESSION_SECONDS,
      Grant: SESSION_SECONDS,
      Session: SESSION_SECONDS,
    };
  }

  #features(oidc: OidcProviderModule): Configuration['features'] {
    return {
      devInteractions: { enabled: false },
      registration: { enabled: false },
      deviceFlow: { enabled: false },
      dPoP: { enabled: false },
      userinfo: { enabled: true },
      claimsParameter: { enabled: true },
      pushedAuthorizationRequests: { enabled: true },
      introspection: {
        enabled: true,
        allowedPolicy: (ctx, client, token) => this.#isOwn(client, token, ctx),
      },
      revocation: { enabled: true },
      clientCredentials: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => this.pages.signOut(ctx, form),
        postLogoutSuccessSource: (ctx) => this.pages.signedOut(ctx),
      },
      // For discovery only: each end of a session writes its deliveries in its own transaction.
      backchannelLogout: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: (_ctx, client, oneOf) => oneOf?.[0] ?? this.#defaultResource(client),
        useGrantedResource: () => true,
        getResourceServerInfo: (ctx, indicator, client) => this.#resource(indicator, client, ctx, oidc),
      },
      mTLS: {
        enabled: true,
        tlsClientAuth: true,
        getCertificate: (ctx) => this.#certificate(ctx)?.pem,
        // An invalid certificate counts as none.
        certificateAuthorized: (ctx) => this.#certificate(ctx) !== undefined,
        certificateSubjectMatches: (ctx, _property, expected) =>
          this.#certificate(ctx)?.subjectDn === expected,
      },
    };
  }

  /**
   * How clients authenticate. A client with a certificate calls the origin that requests certificates (RFC 8705, 5), when
   * that differs from the public origin.
   */
  #clientAuthentication(
    oidc: OidcProviderModule,
  ): Pick<Configuration, 'clientAuthMethods' | 'discovery' | 'assertJwtClientAuthClaimsAndHeader'> {
    const methods = {
      clientAuthMethods: [...this.methods],
      assertJwtClientAuthClaimsAndHeader: (_ctx: KoaContextWithOIDC, claims: object) =>
        this.#requireGoodAssertion(claims as AssertionClaims, oidc),
    };
    const { certificateOrigin: origin } = this.options;
    if (!origin || !this.methods.includes('tls_client_auth')) return methods;
    const aliases = Object.entries(CLIENT_ENDPOINTS).map(([name, path]) => [name, origin + path] as const);
    return { ...methods, discovery: { mtls_endpoint_aliases: Object.fromEntries(aliases) } };
  }

  /**
   * Lets each refresh replace its token, after checking its resource: the library checks it once the token is consumed, which
   * would end the application's access for a mistyped address. @throws InvalidTarget for a resource that it may not have
   */
  #mayRotate(ctx: KoaContextWithOIDC, oidc: OidcProviderModule): true {
    const { params, client, entities } = ctx.oidc;
    const token = entities.RefreshToken!;
    const [resource] = [
      (params?.['resource'] as string | string[] | undefined) ?? token.resource ?? [],
    ].flat();
    if (resource === undefined) return true;
    if (!token.resourceIndicators.has(resource)) throw new oidc.errors.InvalidTarget();
    this.#resource(resource, client!, ctx, oidc);
    return true;
  }

  /** Sends the library's own requests for a client's keys, to addresses that others chose. */
  async #fetch(url: string): Promise<Response> {
    const answer = await this.outbound.send(url, { method: 'GET', timeoutMs: 5_000 });
    if (answer.outcome === 'failed')
      throw new Error(`the client's address cannot be asked: ${answer.reason}`);
    return new Response(answer.body, { status: answer.status, headers: answer.headers });
  }

  #requireGoodAssertion(claims: AssertionClaims, { errors }: OidcProviderModule): void {
    const { publicUrl } = this.options;
    const time = { now: epochSeconds(this.clock.now()), tolerance: CLOCK_TOLERANCE_SECONDS };
    const fault = faultOfAssertion(claims, [publicUrl, publicUrl + ROUTES.token], time);
    if (fault) throw new errors.InvalidClientAuth(fault);
  }

  /**
   * Issues a JWT (RFC 9068) that the resource reads itself. @throws InvalidScope when a machine client requests a scope
   * that it does not have (RFC 6749, 5.2)
   */
  #resource(indicator: string, client: Client, ctx: KoaContextWithOIDC, { errors }: OidcProviderModule) {
    const { kind, resources, scopes } = applicationOf(client);
    const isThisApi = kind === 'service' && indicator === this.options.publicUrl;
    const api = resourcesOf(resources).find(({ audience }) => audience === indicator);
    if (!isThisApi && !api) throw new errors.InvalidTarget('not a resource of this application');
    const people: readonly string[] = PEOPLE_SCOPES;
    const granted = [...scopes.filter((scope) => !people.includes(scope)), ...(api?.scopes ?? [])];
    const asked = ((ctx.oidc.params?.['scope'] as string | undefined) ?? '').split(' ').filter(Boolean);
    const missing = asked.filter((scope) => !granted.includes(scope));
    if (kind === 'service' && missing.length > 0)
      throw new errors.InvalidScope('requested scope is not allowed', missing.join(' '));
    return {
      scope: granted.join(' '),
      audience: indicator,
      accessTokenFormat: 'jwt' as const,
      accessTokenTTL: this.options.accessTokenSeconds,
      jwt: { sign: { alg: 'RS256' as const } },
    };
  }

  /** A machine client that names no resource gets its first one, or the API of this service. */
  #defaultResource(client: Client): string | undefined {
    const { kind, resources } = applicationOf(client);
    return kind === 'service' ? (resourcesOf(resources)[0]?.audience ?? this.options.publicUrl) : undefined;
  }

  /**
   * Whether the caller may introspect this token. Only its own application reads an opaque token; an API reads JWTs of its
   * audience. A user's token also requires that the user may still open the application.
   */
  async #isOwn(
    client: Client,
    { clientId, sessionUid }: { clientId?: string | undefined; sessionUid?: string },
    ctx: KoaContextWithOIDC,
  ) {
    if (clientId !== client.clientId) return false;
    if (!sessionUid) return true;
    return (await this.live.getAdmitted(sessionUid, applicationOf(client), ctx)) !== undefined;
  }

  #certificate(ctx: KoaContextWithOIDC) {
    return this.requests.certificateOf(ctx.req);
  }
}

/** keycloak-js sends the cookies of this origin; client endpoints read none of them. */
function letPageRead(ctx: KoaContextWithOIDC, isPage: boolean): boolean {
  if (isPage) ctx.set('access-control-allow-credentials', 'true');
  return isPage;
}
