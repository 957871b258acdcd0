/**
 * `web`: pages, on a server or in a browser; `native`: an application installed on a device (RFC 8252); `service`: a
 * machine, without a person; `gate`: pages behind a reverse proxy that asks the gate; `resource`: an API that takes the
 * access tokens of the others.
 */
export const APPLICATION_KINDS = ['web', 'native', 'service', 'gate', 'resource'] as const;
export type ApplicationKind = (typeof APPLICATION_KINDS)[number];

/** Those that people open: each sends them here to sign in. */
export const PEOPLE_KINDS: readonly ApplicationKind[] = ['web', 'native', 'gate'];

/** How it proves who it is at the token endpoint: words of OpenID Connect. */
export const AUTH_METHODS = [
  'none',
  'client_secret_basic',
  'client_secret_post',
  'private_key_jwt',
  'tls_client_auth',
] as const;
export type AuthMethod = (typeof AUTH_METHODS)[number];

/** Those by a secret that both sides know. */
export const SECRET_METHODS: readonly AuthMethod[] = ['client_secret_basic', 'client_secret_post'];

/** `psc`: the claims that Pro Santé Connect gives, for applications that speak it already. */
export const CLAIMS_SHAPES = ['plain', 'psc'] as const;
export type ClaimsShape = (typeof CLAIMS_SHAPES)[number];

/** Those that this service signs ID tokens by. RS256 first: every application reads it (OpenID Connect Core 1.0, 15.1). */
export const ID_TOKEN_ALGS = ['RS256', 'ES256'] as const;
export type IdTokenAlg = (typeof ID_TOKEN_ALGS)[number];

/**
 * When a sign-in request may come without PKCE (RFC 9700, 2.1.1). `nonce`: when it carries a `nonce`; `off`: always, where
 * the operator accepts the risk. A public client always sends a `code_challenge`.
 */
export const PKCE_RULES = ['required', 'nonce', 'off'] as const;
export type PkceRule = (typeof PKCE_RULES)[number];

export const APPLICATION_STATUSES = ['active', 'disabled'] as const;
export type ApplicationStatus = (typeof APPLICATION_STATUSES)[number];

/** A JSON Web Key Set (RFC 7517) of public keys. */
export interface PublicJwks {
  keys: object[];
}

/** What is decided of an application; `id`, status and version are the lib's. */
export interface ApplicationSettings {
  name: string;
  /** To the letter: no prefix, no pattern. */
  redirectUris: string[];
  postLogoutRedirectUris: string[];
  /** Where a sign-in can begin anew (OpenID Connect Core 1.0, 4). */
  initiateLoginUri: string | null;
  backchannelLogoutUri: string | null;
  /** Where the tile of the home page leads. */
  homeUri: string | null;
  authMethod: AuthMethod;
  pkce: PkceRule;
  /** With `private_key_jwt`: these, or {@link jwksUri}. */
  jwks: PublicJwks | null;
  jwksUri: string | null;
  /** With `tls_client_auth`: the subject of its certificate (RFC 8705, 2.1.2). */
  tlsSubjectDn: string | null;
  scopes: string[];
  /** Who may open it; of each that is empty, everybody. */
  audienceRoles: string[];
  audienceStructures: string[];
  audienceProfessions: string[];
  /** The weakest level of sign-in that opens it. */
  minAcr: string | null;
  /** The oldest sign-in that opens it. */
  maxAgeSeconds: number | null;
  /** Whether « Continuer comme … ? » is asked, where several people use one browser. */
  confirmIdentity: boolean;
  /** The operator's own: no consent is asked. */
  trusted: boolean;
  claimsShape: ClaimsShape;
  /** Its logout tokens too (OpenID Connect Back-Channel Logout 1.0, 2.6). */
  idTokenAlg: IdTokenAlg;
  claimNames: boolean;
  claimMail: boolean;
  claimGroups: boolean;
  /** The audiences that its access tokens may be asked for (RFC 8707), each with the API's own scopes after it. */
  resources: string[];
  /** Whether it is given refresh tokens; they end with the session all the same. */
  offlineAccess: boolean;
  /** Of kind `gate`: whether each check also answers `Portillon-Assertion`, a signed JWT. */
  gateAssertion: boolean;
}

/** What an application begins with; what is left out takes its default. */
export type ApplicationDraft = Partial<ApplicationSettings> & {
  name: string;
  kind: ApplicationKind;
  /** The `client_id`, for what is configured by a file that other deployments read too; made when it is left out. */
  id?: string;
  /** Null: of the whole service. */
  structureId?: string | null;
};

/** `moved`: it was changed since that version was read, and nothing was overwritten. */
export type ApplicationEdit = { status: 'edited' | 'moved' | 'missing' };
