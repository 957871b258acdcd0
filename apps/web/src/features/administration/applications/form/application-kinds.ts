import type { AdminApplication, ApplicationKind } from '../../../../api/types';

/** The kinds that a person opens, which are returned to after a sign-in. */
export const withRedirect = (kind: ApplicationKind) => !['service', 'resource'].includes(kind);
/** The kinds that ask our OpenID provider for what they want to know. */
export const speaksOpenid = (kind: ApplicationKind) => ['web', 'native'].includes(kind);
/** The kinds that choose how they prove their identity. */
export const withProof = (kind: ApplicationKind) => ['web', 'service'].includes(kind);

/** A public client proves nothing but its PKCE. */
export const mayLeavePkceOut = (
  kind: ApplicationKind,
  { authMethod }: Pick<AdminApplication, 'authMethod'>,
) => kind === 'web' && authMethod !== 'none';

/** The scopes that a machine may request. */
export const MACHINE_SCOPES = [
  'accounts:read',
  'accounts:write',
  'sessions:end',
  'events:read',
  'structures:read',
] as const;
/** The scopes that an application for people may request, beside `openid`. */
export const PEOPLE_SCOPES = ['profile', 'email', 'groups', 'structure', 'pro_sante'] as const;
export const AUTH_METHODS = [
  'client_secret_basic',
  'client_secret_post',
  'private_key_jwt',
  'tls_client_auth',
  'none',
] as const;
export const CLAIMS_SHAPES = ['plain', 'psc'] as const;
export const PKCE_RULES = ['required', 'nonce', 'off'] as const;
export const ID_TOKEN_ALGS = ['RS256', 'ES256'] as const;
