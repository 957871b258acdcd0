import type Provider from 'oidc-provider';
import type { errors, KoaContextWithOIDC } from 'oidc-provider';
import type { OidcProviderModule } from '../load-oidc-provider';
import { applicationOf, modelsOf, stateOf } from '../oidc-context';
import { claimableBy } from '../provider.constants';
import {
  gateScope,
  grantable,
  grantedClaims,
  grantedScope,
  leftOut,
  RequestParameters,
  tooLong,
} from '../request.policy';

type Asked = RequestParameters & { scope?: string | undefined; claims?: string | undefined };

/**
 * Limits a request before the library judges or stores it. The library first checks the response type, for browser and
 * pushed requests alike, so this check reduces the scopes and claims. At the token endpoint, the grant type check does the
 * same.
 */
export function overlayRequests(provider: Provider, { default: library, errors }: OidcProviderModule): void {
  const { prototype } = modelsOf(provider).Client;
  const { responseTypeAllowed, grantTypeAllowed } = prototype;
  prototype.responseTypeAllowed = function (type) {
    const params = library.ctx!.oidc.params as Asked;
    const fault = tooLong(params);
    // A redirect to the application would be too long as well.
    if (fault) throw Object.assign(new errors.InvalidRequest(fault), { allow_redirect: false });
    const application = applicationOf(this);
    const { scopes } = application;
    const isGate = application.kind === 'gate';
    const asked = isGate ? gateScope(application) : params.scope;
    params.scope = isGate ? asked : grantedScope(asked, grantable(application, params['resource'] ?? []));
    // The permission to refresh grants `offline_access`.
    const renewed = grantTypeAllowed.call(this, 'refresh_token') ? ' offline_access' : '';
    stateOf(library.ctx!).leftOut = leftOut(asked, `${params.scope}${renewed}`, application);
    params.claims = grantedClaims(params.claims, claimableBy(scopes));
    return responseTypeAllowed.call(this, type);
  };
  prototype.grantTypeAllowed = function (type) {
    const { route, params } = library.ctx!.oidc as { route: string; params: Asked };
    // Clients refresh with the scope of their sign-in.
    if (route === 'token' && type === 'refresh_token')
      params.scope = grantedScope(params.scope, grantable(applicationOf(this), params['resource']));
    return grantTypeAllowed.call(this, type);
  };
  provider.on('authorization.error', answerAsAsked);
  provider.on('grant.success', omitEmptyScope);
}

/** A request object is refused unread, except for its response mode, which the refusal follows. */
function answerAsAsked({ oidc }: KoaContextWithOIDC, { error }: errors.OIDCProviderError): void {
  const params = oidc.params as { request?: string; response_mode?: string | undefined };
  if (error === 'request_not_supported') params.response_mode ??= responseModeIn(params.request!);
}

function responseModeIn(requestObject: string): string | undefined {
  try {
    const payload = Buffer.from(requestObject.split('.')[1]!, 'base64url').toString();
    return (JSON.parse(payload) as { response_mode?: string }).response_mode;
  } catch {
    return undefined;
  }
}

/** A scope has at least one word (RFC 6749, 3.3). A token for an API without scopes has none, so the field is omitted. */
function omitEmptyScope({ body }: KoaContextWithOIDC): void {
  const answer = body as { scope?: string };
  if (answer.scope === '') delete answer.scope;
}
