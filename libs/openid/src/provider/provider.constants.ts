/** Where the provider answers. Discovery is at the root: the issuer has no path. */
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

/** No clock of an application's is exact. */
export const CLOCK_TOLERANCE_SECONDS = 5;

/** Where a page of signing out sends its form. */
export const SIGN_OUT_CONFIRM_PATH = `${ROUTES.end_session}/confirm`;
/** The provider's page of who is signed out. */
export const SIGNED_OUT_PATH = `${ROUTES.end_session}/success`;

/** Where a client proves who it is. */
export const CLIENT_ENDPOINTS = {
  token_endpoint: ROUTES.token,
  pushed_authorization_request_endpoint: ROUTES.pushed_authorization_request,
  introspection_endpoint: ROUTES.introspection,
  revocation_endpoint: ROUTES.revocation,
} as const;

export const CLIENT_PATHS: readonly string[] = Object.values(CLIENT_ENDPOINTS);

/** What the library's routes are in all, for the server's table of routes. */
export const PATHS: readonly string[] = [
  '/.well-known/openid-configuration',
  '/.well-known/oauth-authorization-server',
  ...Object.values(ROUTES),
  `${ROUTES.authorization}/:uid`,
  SIGN_OUT_CONFIRM_PATH,
  SIGNED_OUT_PATH,
];

export const INTERACTIONS_PATH = '/api/oidc/interactions';
/** The page of a sign-in that an application waits for. */
export const SIGN_IN_PATH = '/';

/** Which claims a scope asks for. How the person signed in is told to every application. */
export const CLAIMS_OF_SCOPES = {
  // The two last ones where `profile` is granted too: of some libraries the ID token is all that they read.
  openid: ['sub', 'acr', 'amr', 'auth_time', 'sid', 'means', 'code_time', 'upstream_acr', 'name', 'locale'],
  profile: ['name', 'preferred_username', 'locale'],
  email: ['email', 'email_verified'],
  groups: ['groups'],
  structure: ['structure'],
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
