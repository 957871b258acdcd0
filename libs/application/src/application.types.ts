/**
 * `web`: pages, on a server or in a browser; `native`: an application installed on a device (RFC 8252); `service`: a
 * machine client, without a person; `gate`: pages behind a reverse proxy with the gate; `resource`: an API that
 * accepts access tokens of the others.
 */
export const APPLICATION_KINDS = ['web', 'native', 'service', 'gate', 'resource'] as const;
export type ApplicationKind = (typeof APPLICATION_KINDS)[number];

/** Kinds that people open: each sends them here to sign in. */
export const PEOPLE_KINDS: readonly ApplicationKind[] = ['web', 'native', 'gate'];

/** Authentication at the token endpoint: words of OpenID Connect. */
export const AUTH_METHODS = [
  'none',
  'client_secret_basic',
  'client_secret_post',
  'private_key_jwt',
  'tls_client_auth',
] as const;
export type AuthMethod = (typeof AUTH_METHODS)[number];

/** Methods with a shared secret. */
export const SECRET_METHODS: readonly AuthMethod[] = ['client_secret_basic', 'client_secret_post'];

/** `psc`: the claims of Pro Santé Connect, for applications that support it already. */
export const CLAIMS_SHAPES = ['plain', 'psc'] as const;
export type ClaimsShape = (typeof CLAIMS_SHAPES)[number];

/** Algorithms of ID tokens. RS256 first: every application supports it (OpenID Connect Core 1.0, 15.1). */
export const ID_TOKEN_ALGS = ['RS256', 'ES256'] as const;
export type IdTokenAlg = (typeof ID_TOKEN_ALGS)[number];

/**
 * When a sign-in request may lack PKCE (RFC 9700, 2.1.1). `nonce`: when it has a `nonce`; `off`: always, if the
 * operator accepts the risk. A public client always sends a `code_challenge`.
 */
export const PKCE_RULES = ['required', 'nonce', 'off'] as const;
export type PkceRule = (typeof PKCE_RULES)[number];

export const APPLICATION_STATUSES = ['active', 'disabled'] as const;
export type ApplicationStatus = (typeof APPLICATION_STATUSES)[number];

/** A JSON Web Key Set (RFC 7517) of public keys. */
export interface PublicJwks {
  keys: object[];
}

/** Settings of an application; the library sets `id`, status and version. */
export interface ApplicationSettings {
  name: string;
  /** Compared exactly: no prefixes, no patterns. */
  redirectUris: string[];
  postLogoutRedirectUris: string[];
  /** Where a third party can start a sign-in (OpenID Connect Core 1.0, 4). */
  initiateLoginUri: string | null;
  backchannelLogoutUri: string | null;
  /** Target of the tile on the home page. */
  homeUri: string | null;
  authMethod: AuthMethod;
  pkce: PkceRule;
  /** For `private_key_jwt`: these, or {@link jwksUri}. */
  jwks: PublicJwks | null;
  jwksUri: string | null;
  /** For `tls_client_auth`: the subject of its certificate (RFC 8705, 2.1.2). */
  tlsSubjectDn: string | null;
  scopes: string[];
  /** People who may open it; an empty list allows everyone. */
  audienceRoles: string[];
  audienceStructures: string[];
  audienceProfessions: string[];
  /** Minimum level of the sign-in. */
  minAcr: string | null;
  /** Maximum age of the sign-in. */
  maxAgeSeconds: number | null;
  /** Whether « Continuer comme … ? » is asked in a browser that several people use. */
  confirmIdentity: boolean;
  /** An application of the operator: no consent is asked. */
  trusted: boolean;
  claimsShape: ClaimsShape;
  /** Also for its logout tokens (OpenID Connect Back-Channel Logout 1.0, 2.6). */
  idTokenAlg: IdTokenAlg;
  claimNames: boolean;
  claimMail: boolean;
  claimGroups: boolean;
  /** Allowed audiences of its access tokens (RFC 8707), each followed by the scopes of that API. */
  resources: string[];
  /** Whether it receives refresh tokens; they still end with the session. */
  offlineAccess: boolean;
  /** For `gate`: whether each check also returns `Portillon-Assertion`, a signed JWT. */
  gateAssertion: boolean;
}

/** Settings of a new application; omitted ones have defaults. */
export type ApplicationDraft = Partial<ApplicationSettings> & {
  name: string;
  kind: ApplicationKind;
  /** The `client_id`, for configurations that several deployments share. Default: a new id. */
  id?: string;
  /** Null: for the whole service. */
  structureId?: string | null;
};

/** `moved`: it was changed since that version was read; nothing was written. */
export type ApplicationEdit = { status: 'edited' | 'moved' | 'missing' };
