import { Inject, Injectable } from '@nestjs/common';
import { MACHINE_SCOPES, OFFERED_PKCE_RULES, PEOPLE_SCOPES, requiresPkce } from '@portillon/application';
import type { PkceRule } from '@portillon/application';
import { HOUR, MINUTE, SECOND } from '@portillon/kernel';
import type { Configuration, JWKS, KoaContextWithOIDC } from 'oidc-provider';
import { OPENID_OPTIONS, type ResolvedOpenidOptions } from '../openid.options';
import { AccountFinderService } from './claims/account-finder.service';
import { AdapterFactoryService } from './adapters/adapter-factory.service';
import { GrantService } from './grant.service';
import { InteractionPolicyService } from './interaction-policy.service';
import type { OidcProviderModule } from './load-oidc-provider';
import { applicationOf } from './oidc-context';
import { isPageOf } from './page-origin.policy';
import { providerCookies } from './provider-cookies';
import { ProviderFeaturesService } from './provider-features.service';
import { ProviderPageService } from './pages/provider-page.service';
import { CLAIMS, CLOCK_TOLERANCE_SECONDS, INTERACTIONS_PATH, ROUTES } from './provider.constants';
import { TokenClaimsService } from './claims/token-claims.service';

/** The longest lifetime of a session; tokens and codes of a session end with it. */
const SESSION_SECONDS = (4 * HOUR) / SECOND;
const CODE_SECONDS = MINUTE / SECOND;
const ID_TOKEN_SECONDS = (5 * MINUTE) / SECOND;
const INTERACTION_SECONDS = (15 * MINUTE) / SECOND;
/** The configuration of `oidc-provider`. */
@Injectable()
export class ProviderConfigurationService {
  constructor(
    private readonly adapters: AdapterFactoryService,
    private readonly accounts: AccountFinderService,
    private readonly grants: GrantService,
    private readonly policy: InteractionPolicyService,
    private readonly features: ProviderFeaturesService,
    private readonly tokenClaims: TokenClaimsService,
    @Inject(OFFERED_PKCE_RULES) private readonly pkceRules: readonly PkceRule[],
    @Inject(OPENID_OPTIONS) private readonly options: ResolvedOpenidOptions,
  ) {}

  get issuer(): string {
    return this.options.publicUrl;
  }

  configuration(oidc: OidcProviderModule, jwks: JWKS, pages: ProviderPageService): Configuration {
    return {
      ...this.#protocol(jwks),
      ...this.features.clientAuthentication(oidc),
      rotateRefreshToken: (ctx) => this.features.mayRotate(ctx, oidc),
      adapter: this.adapters.adapters(oidc),
      features: this.features.features(oidc),
      interactions: {
        policy: this.policy.prompts(oidc),
        url: (_ctx, { uid }) => `${INTERACTIONS_PATH}/${uid}`,
      },
      findAccount: (ctx, id, token) => this.accounts.find(ctx, id, token),
      loadExistingGrant: (ctx) => this.grants.load(ctx),
      extraTokenClaims: (ctx, token) => this.tokenClaims.of(token, ctx),
      clientBasedCORS: (ctx, origin, client) => letPageRead(ctx, isPageOf(applicationOf(client), origin)),
      fetch: (url) => this.features.fetch(url as string),
      renderError: (ctx, out) => pages.refusal(ctx, out),
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
      // Tokens end with the session in any case: AdmissionService checks the session at each use.
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
}

const COOKIE = { httpOnly: true, sameSite: 'lax', signed: false } as const;

/** keycloak-js sends the cookies of this origin; client endpoints read none of them. */
function letPageRead(ctx: KoaContextWithOIDC, isPage: boolean): boolean {
  if (isPage) ctx.set('access-control-allow-credentials', 'true');
  return isPage;
}
