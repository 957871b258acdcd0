import { ApplicationEntity, PEOPLE_KINDS, SECRET_METHODS } from '@portillon/application';
import type { AdapterPayload } from 'oidc-provider';

/**
 * Describes an application as client metadata of `oidc-provider`. The library requires a secret for some clients: it
 * receives a text that equals no secret, because we compare secrets by their digests.
 */
export function metadataOf(application: ApplicationEntity, noSecret: string): AdapterPayload {
  const { authMethod, jwks, jwksUri, tlsSubjectDn, backchannelLogoutUri, idTokenAlg } = application;
  return {
    application,
    client_id: application.id,
    client_name: application.name,
    application_type: application.kind === 'native' ? 'native' : 'web',
    ...grantsOf(application),
    // No `scope`: the library refuses unknown scopes, and this server omits them instead (`request.policy`, and each
    // resource).
    token_endpoint_auth_method: authMethod,
    id_token_signed_response_alg: idTokenAlg,
    ...(SECRET_METHODS.includes(authMethod) && { client_secret: noSecret }),
    ...(jwks && { jwks }),
    ...(jwksUri && { jwks_uri: jwksUri }),
    ...(authMethod === 'tls_client_auth' && tlsSubjectDn && { tls_client_auth_subject_dn: tlsSubjectDn }),
    ...(backchannelLogoutUri && { backchannel_logout_uri: backchannelLogoutUri }),
  } as unknown as AdapterPayload;
}

function grantsOf({ kind, redirectUris, postLogoutRedirectUris, offlineAccess }: ApplicationEntity) {
  // The gate is checked at each request, and renews no token.
  const isRenewed = offlineAccess && kind !== 'gate';
  if (PEOPLE_KINDS.includes(kind))
    return {
      grant_types: isRenewed ? ['authorization_code', 'refresh_token'] : ['authorization_code'],
      response_types: ['code'],
      redirect_uris: redirectUris,
      post_logout_redirect_uris: postLogoutRedirectUris,
    };
  const grant_types = kind === 'service' ? ['client_credentials'] : [];
  return { grant_types, response_types: [], redirect_uris: [] };
}
