import { ApplicationEntity, PEOPLE_KINDS, SECRET_METHODS } from '@portillon/application';
import type { AdapterPayload } from 'oidc-provider';

/**
 * An application in the words of `oidc-provider`. The library wants a secret of those that have one: it is given a text
 * that nothing equals, and secrets are compared by their digests.
 */
export function metadataOf(application: ApplicationEntity, noSecret: string): AdapterPayload {
  const { authMethod, jwks, jwksUri, tlsSubjectDn, backchannelLogoutUri, idTokenAlg } = application;
  return {
    application,
    client_id: application.id,
    client_name: application.name,
    application_type: application.kind === 'native' ? 'native' : 'web',
    ...grantsOf(application),
    // No `scope`: the library refuses what is not among it, and here it is left out (`request.policy`, the resource's own).
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
  // The gate is asked at each request, and renews no token.
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
