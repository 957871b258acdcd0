import { AppError, nameKey } from '@portillon/kernel';
import { isAcr } from './acr.policy';
import type { ApplicationFieldCode } from './application.errors';
import { keySetFault } from './application-keys.policy';
import { nativeFault, pageFault } from './application-uri.policy';
import {
  ApplicationKind,
  ApplicationSettings,
  AUTH_METHODS,
  AuthMethod,
  PEOPLE_KINDS,
} from './application.types';

type Fault = ApplicationFieldCode | undefined;
type Checked = ApplicationSettings & { kind: ApplicationKind };

/** What a person's application may ask for. */
export const PEOPLE_SCOPES = ['openid', 'profile', 'email', 'groups', 'structure', 'pro_sante'] as const;
/** What a machine may ask for. */
export const MACHINE_SCOPES = [
  'accounts:read',
  'accounts:write',
  'sessions:end',
  'events:read',
  'structures:read',
] as const;

/** A native application keeps no secret; the gate is a part of this service. */
const METHODS: Record<ApplicationKind, readonly AuthMethod[]> = {
  web: AUTH_METHODS,
  native: ['none'],
  service: AUTH_METHODS.filter((method) => method !== 'none'),
  gate: ['none'],
  resource: AUTH_METHODS,
};

const NAME = /^[^\p{C}\p{Zl}\p{Zp}]{1,200}$/u;
const ROLE = /^[a-z][a-z-]{1,39}$/u;
const ID = /^[0-9a-z-]{1,36}$/u;
const PROFESSION = /^[0-9A-Za-z.^_-]{1,40}$/u;
const DN = /^[^\p{C}]{3,500}$/u;
const MOST = 20;
const OLDEST_SECONDS = 86_400;

/**
 * `methods`: how applications may prove themselves here.
 * @throws AppError `validation.failed` naming every field that cannot be kept.
 */
export function requireValidApplication(application: Checked, methods: readonly AuthMethod[]): void {
  const faults = Object.entries(faultsOf(application, methods)).flatMap(([field, code]) =>
    code ? [{ field, code, message: `${field} is not valid` }] : [],
  );
  if (faults.length > 0) throw new AppError('validation.failed', { errors: faults });
}

function faultsOf(
  application: Checked,
  methods: readonly AuthMethod[],
): Partial<Record<keyof ApplicationSettings, Fault>> {
  return {
    ...addressFaults(application),
    ...clientFaults(application, methods),
    ...audienceFaults(application),
  };
}

function addressFaults(application: Checked): Partial<Record<keyof ApplicationSettings, Fault>> {
  const { kind, redirectUris, postLogoutRedirectUris } = application;
  return {
    name: NAME.test(application.name) && nameKey(application.name) ? undefined : 'invalid',
    redirectUris: redirectFault(kind, redirectUris),
    postLogoutRedirectUris: listFault(postLogoutRedirectUris, uriFaultOf(kind)),
    initiateLoginUri: optionalFault(application.initiateLoginUri, pageFault),
    backchannelLogoutUri: optionalFault(application.backchannelLogoutUri, pageFault),
    homeUri: optionalFault(application.homeUri, pageFault),
    resources: listFault(application.resources, pageFault),
  };
}

function clientFaults(
  application: Checked,
  methods: readonly AuthMethod[],
): Partial<Record<keyof ApplicationSettings, Fault>> {
  const { kind, authMethod, jwks, jwksUri, tlsSubjectDn } = application;
  return {
    authMethod: methodFault(METHODS[kind], methods, authMethod),
    jwks: keysFault(application) ?? (jwks ? keySetFault(jwks) : undefined),
    jwksUri: optionalFault(jwksUri, pageFault),
    tlsSubjectDn: subjectFault(authMethod, tlsSubjectDn),
    scopes: scopesFault(kind, application.scopes),
  };
}

function audienceFaults(application: Checked): Partial<Record<keyof ApplicationSettings, Fault>> {
  const { minAcr, maxAgeSeconds } = application;
  return {
    audienceRoles: listFault(application.audienceRoles, matching(ROLE)),
    audienceStructures: listFault(application.audienceStructures, matching(ID)),
    audienceProfessions: listFault(application.audienceProfessions, matching(PROFESSION)),
    minAcr: minAcr === null || isAcr(minAcr) ? undefined : 'invalid',
    maxAgeSeconds: maxAgeSeconds === null || isAge(maxAgeSeconds) ? undefined : 'invalid',
  };
}

function methodFault(
  ofKind: readonly AuthMethod[],
  offered: readonly AuthMethod[],
  method: AuthMethod,
): Fault {
  if (!ofKind.includes(method)) return 'auth-method-of-kind';
  return offered.includes(method) ? undefined : 'auth-method-off';
}

function redirectFault(kind: ApplicationKind, uris: string[]): Fault {
  if (!PEOPLE_KINDS.includes(kind)) return uris.length > 0 ? 'redirect-of-kind' : undefined;
  return uris.length === 0 ? 'redirect-required' : listFault(uris, uriFaultOf(kind));
}

function uriFaultOf(kind: ApplicationKind): (uri: string) => Fault {
  return kind === 'native' ? nativeFault : pageFault;
}

/** One of both, with `private_key_jwt` alone: a key that is not asked for is one that was forgotten. */
function keysFault({ authMethod, jwks, jwksUri }: Checked): Fault {
  const given = [jwks, jwksUri].filter(Boolean).length;
  if (authMethod === 'private_key_jwt') return given === 1 ? undefined : 'keys-required';
  return given === 0 ? undefined : 'keys-of-method';
}

function subjectFault(method: AuthMethod, subject: string | null): Fault {
  if (method !== 'tls_client_auth') return subject === null ? undefined : 'subject-of-method';
  return subject !== null && DN.test(subject) ? undefined : 'subject-required';
}

function scopesFault(kind: ApplicationKind, scopes: string[]): Fault {
  const known: readonly string[] = kind === 'service' ? MACHINE_SCOPES : PEOPLE_SCOPES;
  if (!scopes.every((scope) => known.includes(scope)) || isRepeated(scopes)) return 'scope-unknown';
  return PEOPLE_KINDS.includes(kind) && !scopes.includes('openid') ? 'openid-required' : undefined;
}

function optionalFault(text: string | null, faultOf: (text: string) => Fault): Fault {
  return text === null ? undefined : faultOf(text);
}

function listFault(list: string[], faultOf: (text: string) => Fault): Fault {
  if (list.length > MOST || isRepeated(list)) return 'invalid';
  return list.map(faultOf).find(Boolean);
}

function matching(pattern: RegExp): (text: string) => Fault {
  return (text) => (pattern.test(text) ? undefined : 'invalid');
}

function isRepeated(list: string[]): boolean {
  return new Set(list).size < list.length;
}

function isAge(seconds: number): boolean {
  return Number.isInteger(seconds) && seconds >= 0 && seconds <= OLDEST_SECONDS;
}
