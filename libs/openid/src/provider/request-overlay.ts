import type Provider from 'oidc-provider';
import type { OidcProviderModule } from './load-oidc-provider';
import { applicationOf, keepLeftOutScopes, modelsOf } from './oidc-context';
import { grantedScope, leftOutScopes, RequestParameters, tooLong } from './request.policy';

/**
 * Whether the client may be answered in this way is the first that the library asks of it once it has read a request,
 * sent by a browser or pushed; nothing of the request is kept before, and its scopes are not yet judged.
 */
export function overlayRequests(provider: Provider, { default: library, errors }: OidcProviderModule): void {
  const { prototype } = modelsOf(provider).Client;
  const isAllowed = prototype.responseTypeAllowed;
  prototype.responseTypeAllowed = function (type) {
    const params = library.ctx!.oidc.params as RequestParameters & { scope?: string | undefined };
    const fault = tooLong(params);
    // Sent back to the application, it would be as long again.
    if (fault) throw Object.assign(new errors.InvalidRequest(fault), { allow_redirect: false });
    const asked = params.scope;
    params.scope = grantedScope(asked, applicationOf(this).scopes);
    keepLeftOutScopes(library.ctx!, leftOutScopes(asked, params.scope));
    return isAllowed.call(this, type);
  };
}
