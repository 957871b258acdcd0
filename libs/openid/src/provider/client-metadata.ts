import { ApplicationEntity, PEOPLE_KINDS, SECRET_METHODS } from '@portillon/application';
import type { AdapterPayload } from 'oidc-provider';

type Asking = Pick<ApplicationEntity, 'kind' | 'authMethod' | 'redirectUris'>;

/** The claims of a client's assertion that are checked here; the library checks signature, issuer and `jti`. */
export type AssertionClaims = Readonly<Record<'aud' | 'exp' | 'iat', unknown>>;

/** The lifetime of Authlib's assertions; `jti` is remembered for as long. */
const LONGEST_SECONDS = 3_600;

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

/**
 * Whether a script at `origin` may request this application's tokens. The application must have pages only, no secret that
 * a page could reveal, and a registration at that origin. `null`, the origin of sandboxed frames and files, is refused.
 */
export function isPageOf({ kind, authMethod, redirectUris }: Asking, origin: string): boolean {
  if (kind !== 'web' || authMethod !== 'none') return false;
  return redirectUris.some((uri) => new URL(uri).origin === origin);
}

/**
 * Returns the fault of a client's assertion (RFC 7523bis, CVE-2025-27370); undefined when it is valid. An assertion that
 * another server also accepts is refused: that server could replay it here.
 */
export function faultOfAssertion(
  { aud, exp, iat }: AssertionClaims,
  audiences: readonly string[],
  { now, tolerance }: { now: number; tolerance: number },
): string | undefined {
  if (typeof aud !== 'string' || !audiences.includes(aud))
    return 'audience (aud) must be one text, the issuer or the token endpoint';
  if (Number(exp) > now + LONGEST_SECONDS + tolerance) return 'expiration (exp) must be within an hour';
  return iat !== undefined && Number(iat) > now + tolerance
    ? 'the time of issue (iat) is in the future'
    : undefined;
}
