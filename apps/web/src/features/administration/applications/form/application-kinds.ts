import type { AdminApplication, ApplicationKind } from '../../../../api/types';

/** Kinds that people open, and that receive them after a sign-in. */
export const withRedirect = (kind: ApplicationKind) => !['service', 'resource'].includes(kind);
/** Kinds that read their users' data from our OpenID provider. */
export const speaksOpenid = (kind: ApplicationKind) => ['web', 'native'].includes(kind);
/** The kinds that choose how they prove their identity. */
export const withProof = (kind: ApplicationKind) => ['web', 'service'].includes(kind);

/** A public client has no proof except PKCE. */
export const mayLeavePkceOut = (
  kind: ApplicationKind,
  { authMethod }: Pick<AdminApplication, 'authMethod'>,
) => kind === 'web' && authMethod !== 'none';

/** Scopes that a machine client may request. */
export const MACHINE_SCOPES = [
  'accounts:read',
  'accounts:write',
  'sessions:end',
  'events:read',
  'structures:read',
] as const;
/** Scopes that an application for people may request, besides `openid`. */
export const PEOPLE_SCOPES = ['profile', 'email', 'groups', 'structure', 'structures', 'pro_sante'] as const;
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
