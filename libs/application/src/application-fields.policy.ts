import { AppError, nameKey } from '@portillon/kernel';
import { isAcr } from './acr.policy';
import { keySetFault } from './application-keys.policy';
import { isGateCallback, nativeFault, pageFault, remoteFault } from './application-uri.policy';
import type { ApplicationFieldCode } from './application.errors';
import type { AddressRules } from './application.options';
import {
  ApplicationKind,
  ApplicationSettings,
  AUTH_METHODS,
  AuthMethod,
  PEOPLE_KINDS,
  PkceRule,
} from './application.types';

type Fault = ApplicationFieldCode | undefined;
type Checked = ApplicationSettings & { kind: ApplicationKind };

/** Scopes that an application for people may request. */
export const PEOPLE_SCOPES = [
  'openid',
  'profile',
  'email',
  'groups',
  'structure',
  'structures',
  'pro_sante',
] as const;
/** Scopes that a machine client may request. */
export const MACHINE_SCOPES = [
  'accounts:read',
  'accounts:write',
  'sessions:end',
  'events:read',
  'structures:read',
] as const;

/** A native application cannot keep a secret; the gate is part of this service. */
const METHODS: Record<ApplicationKind, readonly AuthMethod[]> = {
  web: AUTH_METHODS,
  native: ['none'],
  service: AUTH_METHODS.filter((method) => method !== 'none'),
  gate: ['none'],
  resource: AUTH_METHODS,
};

const NAME = /^[^\p{C}\p{Zl}\p{Zp}]{1,200}$/u;
const ROLE = /^[a-z][a-z-]{1,39}$/u;
/** RFC 6749, 3.3. */
const SCOPE = /^[!#-[\]-~]{1,64}$/u;
const ID = /^[0-9a-z-]{1,36}$/u;
const PROFESSION = /^[0-9A-Za-z.^_-]{1,40}$/u;
const DN = /^[^\p{C}]{3,500}$/u;
const MOST = 20;
const OLDEST_SECONDS = 86_400;

/** Form of a `client_id` that an operator chooses. */
export const CLIENT_ID = /^[0-9a-z][0-9a-z-]{2,35}$/;

type Rules = Pick<AddressRules, 'loopbackPages' | 'plainHosts'>;

/** Choices that this deployment offers. */
interface Offered {
  methods: readonly AuthMethod[];
  pkce: readonly PkceRule[];
}

/** Checks an application. @throws AppError `validation.failed` naming every invalid field */
export function requireValidApplication(application: Checked, offered: Offered, rules: Rules): void {
  const faults = Object.entries(faultsOf(application, offered, rules)).flatMap(([field, code]) =>
    code ? [{ field, code, message: `${field} is not valid` }] : [],
  );
  if (faults.length > 0) throw new AppError('validation.failed', { errors: faults });
}

/** Checks a chosen id. @throws AppError `validation.failed` */
export function requireValidClientId(id: string): void {
  if (CLIENT_ID.test(id)) return;
  const errors = [{ field: 'clientId', code: 'invalid', message: 'clientId is not valid' }];
  throw new AppError('validation.failed', { errors });
}

function faultsOf(
  application: Checked,
  offered: Offered,
  rules: Rules,
): Partial<Record<keyof ApplicationSettings, Fault>> {
  return {
    ...addressFaults(application, rules),
    ...clientFaults(application, offered),
    ...audienceFaults(application),
  };
}

function addressFaults(
  application: Checked,
  rules: Rules,
): Partial<Record<keyof ApplicationSettings, Fault>> {
  const { kind, redirectUris, postLogoutRedirectUris } = application;
  const address = uriFaultOf(kind, rules);
  const page = kind === 'native' ? pageFault : address;
  return {
    name: NAME.test(application.name) && nameKey(application.name) ? undefined : 'invalid',
    redirectUris: redirectFault(kind, redirectUris, address),
    postLogoutRedirectUris: listFault(postLogoutRedirectUris, address),
    initiateLoginUri: optionalFault(application.initiateLoginUri, page),
    backchannelLogoutUri: optionalFault(application.backchannelLogoutUri, serverFaultOf(rules)),
    homeUri: optionalFault(application.homeUri, page),
    resources: resourcesFault(application.resources),
  };
}

function clientFaults(
  application: Checked,
  { methods, pkce }: Offered,
): Partial<Record<keyof ApplicationSettings, Fault>> {
  const { kind, authMethod, jwks, jwksUri, tlsSubjectDn } = application;
  return {
    authMethod: methodFault(METHODS[kind], methods, authMethod),
    pkce: pkceFault(application, pkce),
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

/** A public client has only its `code_verifier` as proof (RFC 9700, 2.1.1). */
function pkceFault({ kind, authMethod, pkce }: Checked, offered: readonly PkceRule[]): Fault {
  if (pkce === 'required') return undefined;
  if (kind !== 'web' || authMethod === 'none') return 'pkce-of-method';
  return offered.includes(pkce) ? undefined : 'pkce-off';
}

function redirectFault(kind: ApplicationKind, uris: string[], faultOf: (uri: string) => Fault): Fault {
  if (!PEOPLE_KINDS.includes(kind)) return uris.length > 0 ? 'redirect-of-kind' : undefined;
  if (uris.length === 0) return 'redirect-required';
  const fault = listFault(uris, faultOf);
  return fault ?? (kind === 'gate' && !uris.every(isGateCallback) ? 'redirect-of-gate' : undefined);
}

/** Only a native application may use a loopback address (RFC 8252, 7.3; RFC 9700, 2.6). */
function uriFaultOf(kind: ApplicationKind, { loopbackPages }: Rules): (uri: string) => Fault {
  if (kind === 'native') return nativeFault;
  return loopbackPages ? pageFault : remoteFault;
}

/** Addresses that this service calls: `http://` only to allowed hosts. */
function serverFaultOf({ loopbackPages, plainHosts }: Rules): (uri: string) => Fault {
  return (uri) => {
    const isNamed = URL.canParse(uri) && plainHosts.includes(new URL(uri).hostname);
    return loopbackPages || isNamed ? pageFault(uri) : remoteFault(uri);
  };
}

/** Exactly one of `jwks` and `jwksUri`, and only with `private_key_jwt`: an unused key would be forgotten. */
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

function resourcesFault(entries: string[]): Fault {
  const resources = resourcesOf(entries);
  const audienceFault = listFault(
    resources.map(({ audience }) => audience),
    pageFault,
  );
  return audienceFault ?? resources.map(({ scopes }) => apiScopesFault(scopes)).find(Boolean);
}

/** An API that reads a scope of Portillon would take it for its own permission. */
function apiScopesFault(scopes: string[]): Fault {
  const ours: readonly string[] = [...PEOPLE_SCOPES, ...MACHINE_SCOPES, 'offline_access'];
  if (scopes.some((scope) => ours.includes(scope))) return 'scope-unknown';
  return scopes.every((scope) => SCOPE.test(scope)) && !isRepeated(scopes) ? undefined : 'invalid';
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

/** An API that an application may call: `https://api.example planning:read` is its audience, followed by its scopes. */
export interface ApplicationResource {
  audience: string;
  scopes: string[];
}

/** Parses the entries of `resources`. */
export function resourcesOf(entries: readonly string[]): ApplicationResource[] {
  return entries.map((entry) => {
    const [audience = '', ...scopes] = entry.split(' ');
    return { audience, scopes };
  });
}
