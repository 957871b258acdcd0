import { useI18n } from 'vue-i18n';
import type { ApiProblem } from '../../../../api/problem';
import type { AdminApplication, ApplicationKind } from '../../../../api/types';
import type { Choice } from '../../shared/SearchPicker.vue';

/** The kinds that a person opens, which are returned to after a sign-in. */
export const withRedirect = (kind: ApplicationKind) => !['service', 'resource'].includes(kind);
/** The kinds that ask our OpenID provider for what they want to know. */
export const speaksOpenid = (kind: ApplicationKind) => ['web', 'native'].includes(kind);
/** The kinds that prove who they are by a way of their own. */
export const withProof = (kind: ApplicationKind) => ['web', 'service'].includes(kind);

/** A public client proves nothing but its PKCE. */
export const mayLeavePkceOut = (
  kind: ApplicationKind,
  { authMethod }: Pick<ApplicationFields, 'authMethod'>,
) => kind === 'web' && authMethod !== 'none';

/** What a machine may ask for. */
export const MACHINE_SCOPES = [
  'accounts:read',
  'accounts:write',
  'sessions:end',
  'events:read',
  'structures:read',
] as const;
/** What an application that people open may ask for, beside `openid`. */
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

/** What is typed of an application: one address or code a line. */
export interface ApplicationFields {
  name: string;
  redirectUris: string;
  postLogoutRedirectUris: string;
  initiateLoginUri: string;
  homeUri: string;
  backchannelLogoutUri: string;
  authMethod: AdminApplication['authMethod'];
  pkce: AdminApplication['pkce'];
  /** JSON. */
  jwks: string;
  jwksUri: string;
  tlsSubjectDn: string;
  audienceRoles: string[];
  audienceStructures: Choice[];
  audienceProfessions: string;
  minAcr: string;
  /** In seconds; empty: any. */
  maxAge: string;
  claimsShape: AdminApplication['claimsShape'];
  idTokenAlg: AdminApplication['idTokenAlg'];
  claimNames: boolean;
  claimMail: boolean;
  claimGroups: boolean;
  confirmIdentity: boolean;
  trusted: boolean;
  scopes: string[];
  resources: string;
  offlineAccess: boolean;
  gateAssertion: boolean;
}

export const NO_FIELDS: ApplicationFields = {
  name: '',
  redirectUris: '',
  postLogoutRedirectUris: '',
  initiateLoginUri: '',
  homeUri: '',
  backchannelLogoutUri: '',
  authMethod: 'client_secret_basic',
  pkce: 'required',
  jwks: '',
  jwksUri: '',
  tlsSubjectDn: '',
  audienceRoles: [],
  audienceStructures: [],
  audienceProfessions: '',
  minAcr: '',
  maxAge: '',
  claimsShape: 'plain',
  idTokenAlg: 'RS256',
  claimNames: true,
  claimMail: false,
  claimGroups: false,
  confirmIdentity: false,
  trusted: false,
  scopes: ['profile'],
  resources: '',
  offlineAccess: false,
  gateAssertion: false,
};

export function fieldsOf(
  application: AdminApplication,
  nameOf: (structure: string) => string,
): ApplicationFields {
  const { name, authMethod, claimsShape, claimNames, claimMail, claimGroups } = application;
  const { confirmIdentity, trusted, scopes, audienceRoles, audienceStructures } = application;
  const { pkce, jwks, maxAgeSeconds, idTokenAlg, offlineAccess, gateAssertion } = application;
  return {
    ...{ name, authMethod, claimsShape, claimNames, claimMail, claimGroups },
    ...{ confirmIdentity, trusted, scopes, audienceRoles, idTokenAlg },
    ...{ offlineAccess, gateAssertion, pkce },
    redirectUris: application.redirectUris.join('\n'),
    postLogoutRedirectUris: application.postLogoutRedirectUris.join('\n'),
    initiateLoginUri: application.initiateLoginUri ?? '',
    homeUri: application.homeUri ?? '',
    backchannelLogoutUri: application.backchannelLogoutUri ?? '',
    jwks: jwks ? JSON.stringify(jwks, null, 2) : '',
    jwksUri: application.jwksUri ?? '',
    tlsSubjectDn: application.tlsSubjectDn ?? '',
    audienceStructures: audienceStructures.map((id) => ({ id, name: nameOf(id) })),
    audienceProfessions: application.audienceProfessions.join('\n'),
    minAcr: application.minAcr ?? '',
    maxAge: maxAgeSeconds === null ? '' : String(maxAgeSeconds),
    resources: application.resources.join('\n'),
  };
}

/** As the API takes it: what does not concern the kind is left out, and stays. */
export function applicationBody(kind: ApplicationKind, fields: ApplicationFields, national: boolean) {
  return {
    name: fields.name.trim(),
    ...(withRedirect(kind) && peopleBody(fields, national)),
    ...(speaksOpenid(kind) && {
      claimsShape: fields.claimsShape,
      idTokenAlg: fields.idTokenAlg,
      scopes: ['openid', ...chosen(PEOPLE_SCOPES, fields)],
      offlineAccess: fields.offlineAccess,
    }),
    ...(kind === 'gate' && { gateAssertion: fields.gateAssertion }),
    ...(kind === 'service' && { scopes: chosen(MACHINE_SCOPES, fields) }),
    ...(withProof(kind) && proofBody(fields)),
    ...(kind === 'web' && { pkce: mayLeavePkceOut(kind, fields) ? fields.pkce : ('required' as const) }),
    ...(withProof(kind) && national && { resources: linesOf(fields.resources) }),
  };
}

/** Only a national administrator names the structures, and spares consent. */
function peopleBody(fields: ApplicationFields, national: boolean) {
  const { claimNames, claimMail, claimGroups, confirmIdentity, trusted, audienceRoles } = fields;
  return {
    redirectUris: linesOf(fields.redirectUris),
    postLogoutRedirectUris: linesOf(fields.postLogoutRedirectUris),
    initiateLoginUri: fields.initiateLoginUri.trim() || null,
    homeUri: fields.homeUri.trim() || null,
    backchannelLogoutUri: fields.backchannelLogoutUri.trim() || null,
    audienceRoles,
    audienceProfessions: linesOf(fields.audienceProfessions),
    ...(national && { audienceStructures: fields.audienceStructures.map(({ id }) => id), trusted }),
    minAcr: (fields.minAcr || null) as AdminApplication['minAcr'],
    maxAgeSeconds: fields.maxAge === '' ? null : Number(fields.maxAge),
    claimNames,
    claimMail,
    claimGroups,
    confirmIdentity,
  };
}

/** A way keeps nothing of another one. */
function proofBody({ authMethod, jwks, jwksUri, tlsSubjectDn }: ApplicationFields) {
  const byKey = authMethod === 'private_key_jwt';
  return {
    authMethod,
    jwks: byKey ? (keysIn(jwks) ?? null) : null,
    jwksUri: (byKey && jwksUri.trim()) || null,
    tlsSubjectDn: (authMethod === 'tls_client_auth' && tlsSubjectDn.trim()) || null,
  };
}

const TEXTS = [
  'name',
  'redirectUris',
  'postLogoutRedirectUris',
  'initiateLoginUri',
  'homeUri',
  'backchannelLogoutUri',
  'authMethod',
  'pkce',
  'jwks',
  'jwksUri',
  'tlsSubjectDn',
  'audienceProfessions',
  'scopes',
  'resources',
] as const;
const CODES = [
  'uri-invalid',
  'uri-not-https',
  'uri-fragment',
  'uri-wildcard',
  'redirect-required',
  'origin-taken',
  'auth-method-of-kind',
  'auth-method-off',
  'pkce-off',
  'keys-required',
  'keys-invalid',
  'private-key',
  'subject-required',
] as const;

/** What the form says beside each field. */
export function useApplicationTexts() {
  const { t } = useI18n();
  function refusal(field: (typeof TEXTS)[number], problem: ApiProblem): string {
    const reason = problem.reasonOf(field);
    if (!reason) return '';
    return t(`applications.refused.${CODES.find((code) => code === reason) ?? 'invalid'}`);
  }
  return {
    rules: {
      name: ({ name }: ApplicationFields) => (name.trim() ? '' : t('applications.missing.name')),
      jwks: ({ authMethod, jwks }: ApplicationFields) =>
        authMethod !== 'private_key_jwt' || !jwks.trim() || keysIn(jwks)
          ? ''
          : t('applications.refused.keys-invalid'),
    },
    refusals: Object.fromEntries(
      TEXTS.map((field) => [field, (problem: ApiProblem) => refusal(field, problem)]),
    ) as Record<(typeof TEXTS)[number], (problem: ApiProblem) => string>,
  };
}

function linesOf(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}

/** Those of these scopes that are ticked. */
function chosen(known: readonly string[], { scopes }: ApplicationFields): string[] {
  return known.filter((scope) => scopes.includes(scope));
}

/** The object that this text writes down, if it does. */
function keysIn(text: string): Record<string, unknown> | undefined {
  try {
    const keys: unknown = JSON.parse(text);
    return typeof keys === 'object' && keys !== null ? (keys as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
