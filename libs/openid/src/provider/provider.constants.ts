/** The paths of the provider. Discovery is at the root: the issuer has no path. */
export const ROUTES = {
  authorization: '/oidc/authorize',
  pushed_authorization_request: '/oidc/par',
  token: '/oidc/token',
  userinfo: '/oidc/userinfo',
  jwks: '/oidc/jwks',
  introspection: '/oidc/introspect',
  revocation: '/oidc/revoke',
  end_session: '/oidc/logout',
} as const;

/** Allows for the inexact clocks of applications. */
export const CLOCK_TOLERANCE_SECONDS = 5;

/** The path that a sign-out page posts its form to. */
export const SIGN_OUT_CONFIRM_PATH = `${ROUTES.end_session}/confirm`;
/** The provider's page after signing out. */
export const SIGNED_OUT_PAGE = `${ROUTES.end_session}/success`;

/** The endpoints where a client authenticates. */
export const CLIENT_ENDPOINTS = {
  token_endpoint: ROUTES.token,
  pushed_authorization_request_endpoint: ROUTES.pushed_authorization_request,
  introspection_endpoint: ROUTES.introspection,
  revocation_endpoint: ROUTES.revocation,
} as const;

export const CLIENT_PATHS: readonly string[] = Object.values(CLIENT_ENDPOINTS);

/** All routes of the library, for the server's route table. */
export const PATHS: readonly string[] = [
  '/.well-known/openid-configuration',
  '/.well-known/oauth-authorization-server',
  ...Object.values(ROUTES),
  `${ROUTES.authorization}/:uid`,
  SIGN_OUT_CONFIRM_PATH,
  SIGNED_OUT_PAGE,
];

export const INTERACTIONS_PATH = '/api/oidc/interactions';
/** The page of a sign-in that an application waits for. */
export const SIGN_IN_PATH = '/';

/** Claims about the sign-in, for every application. */
const SIGN_IN_CLAIMS = ['sub', 'acr', 'amr', 'auth_time', 'sid', 'upstream_acr'];
/** Further claims, for an application that requests them by name (`claims`). */
const NAMED_CLAIMS = ['means', 'code_time'];
const NAME_CLAIMS = ['name', 'given_name', 'family_name', 'preferred_username', 'locale'];

/** The claims that each scope requests. */
export const CLAIMS_OF_SCOPES = {
  // The names, also where `profile` is granted: some libraries read only the ID token.
  openid: [...SIGN_IN_CLAIMS, ...NAME_CLAIMS],
  profile: NAME_CLAIMS,
  email: ['email', 'email_verified'],
  groups: ['groups'],
  structure: ['structure'],
  structures: ['structures'],
  pro_sante: [
    'national_id',
    'activity',
    'SubjectNameID',
    'preferred_username',
    'SubjectRole',
    'SubjectOrganization',
    'SubjectOrganizationID',
    'SubjectRefPro',
    'otherIds',
    'Secteur_Activite',
    'Palier_Authentification',
    'authMode',
  ],
};

/** In the library's form, which lists claims outside any scope separately. */
export const CLAIMS = {
  ...CLAIMS_OF_SCOPES,
  ...Object.fromEntries(NAMED_CLAIMS.map((claim) => [claim, null])),
};

const BESIDE_OPENID = Object.entries(CLAIMS_OF_SCOPES).filter(([scope]) => scope !== 'openid');

/** The claims that these scopes let an application request by name (OpenID Connect Core 1.0, 5.5). */
export function claimableBy(scopes: readonly string[]): string[] {
  const others = BESIDE_OPENID.filter(([scope]) => scopes.includes(scope));
  return [...SIGN_IN_CLAIMS, ...NAMED_CLAIMS, ...others.flatMap(([, claims]) => claims)];
}

/** Returns the scope under which a page shows the claim. */
export function scopeOf(claim: string): string {
  return BESIDE_OPENID.find(([, claims]) => claims.includes(claim))?.[0] ?? 'openid';
}

/**
 * The library's cookies, which identify a browser between pages; none of them opens a session. Over HTTPS their prefix
 * stops another subdomain, or plain HTTP, from setting one (RFC 6265bis, 4.1.3). The cookies of one request have a specific
 * path, which `__Host-` does not allow.
 */
export function providerCookies(publicUrl: string) {
  const isSecure = publicUrl.startsWith('https:');
  const [host, secure] = isSecure ? ['__Host-', '__Secure-'] : ['', ''];
  return {
    session: `${host}_openid_session`,
    interaction: `${secure}_interaction`,
    resume: `${secure}_interaction_resume`,
  };
}
