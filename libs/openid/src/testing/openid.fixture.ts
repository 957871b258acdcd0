import { LibraryOverlayService } from '../provider/library-overlay.service';
import type { Clock } from '@portillon/kernel';
import { acrOfMeans, ClientApplication } from '@portillon/application';
import type { Session } from '@portillon/session';
import type { errors, KoaContextWithOIDC } from 'oidc-provider';
import { type OidcProviderModule, stateOf } from '../provider/oidc-context';

/** When the tests begin: Claire signed in five minutes before. */
export const NOW = new Date('2026-11-24T15:39:00.000Z');
export const SIGNED_IN_AT = new Date('2026-11-24T15:34:00.000Z');
export const LEVELS = acrOfMeans();

/** Claire's session, by password and a code by SMS. */
export const SESSION = {
  id: 'session',
  accountId: 'claire',
  principal: { displayName: 'Claire Martin', roles: ['professional'], structure: { id: 'nord' } },
  means: 'password',
  acr: null,
  amr: ['pwd', 'sms', 'mfa'],
  activity: null,
  proof: { code: 'sms' },
  signedInAt: SIGNED_IN_AT,
  codeAcceptedAt: SIGNED_IN_AT,
  codeValidUntilAt: new Date('2026-11-25T15:34:00.000Z'),
  authenticatedAt: SIGNED_IN_AT,
} as unknown as Session;

export function session(changes: Partial<Session> = {}): Session {
  return { ...SESSION, ...changes };
}

/** A web application that is open to everyone, with no requirements. */
export function application(changes: Partial<ClientApplication> = {}): ClientApplication {
  return {
    id: 'agenda',
    kind: 'web',
    name: 'Agenda',
    status: 'active',
    structureId: null,
    redirectUris: ['https://agenda.example/retour'],
    postLogoutRedirectUris: ['https://agenda.example/au-revoir'],
    initiateLoginUri: null,
    backchannelLogoutUri: null,
    authMethod: 'client_secret_basic',
    scopes: ['openid', 'profile'],
    audienceRoles: [],
    audienceStructures: [],
    audienceProfessions: [],
    minAcr: null,
    maxAgeSeconds: null,
    confirmIdentity: false,
    trusted: false,
    claimsShape: 'plain',
    claimNames: false,
    claimMail: false,
    claimGroups: false,
    resources: [],
    idTokenAlg: 'RS256',
    pkce: 'required',
    offlineAccess: true,
    secrets: [],
    ...changes,
  } as ClientApplication;
}

/** A request as the library holds it: its user, its application, and the parts that a test sets. */
export interface AskedRequest {
  session?: Session | undefined;
  application?: ClientApplication | undefined;
  /** The applications that the session had entered, each with its grant. */
  entered?: Record<string, string | undefined>;
  oidc?: object;
}

export function contextOf({ session, application, entered = {}, oidc = {} }: AskedRequest = {}) {
  const client = application && clientOfApplication(application);
  const ctx = { req: {}, state: {}, oidc: { client, params: {}, entities: {}, ...oidc } };
  const context = ctx as unknown as KoaContextWithOIDC;
  if (session) Object.assign(stateOf(context), { session, entered: new Map(Object.entries(entered)) });
  return context;
}

/** The library's client of an application. */
export function clientOfApplication(application: ClientApplication) {
  const { id, authMethod } = application;
  return { clientId: id, clientAuthMethod: authMethod, application } as unknown as NonNullable<
    KoaContextWithOIDC['oidc']['client']
  >;
}

/** An error of the library, named by the code that the application reads. */
function errorOf(error: string) {
  return class extends Error {
    readonly error = error;
    constructor(readonly error_description?: string) {
      super(error);
    }
  };
}

/** The errors of the library that this service throws. */
export const ERRORS = {
  AccessDenied: errorOf('access_denied'),
  InvalidClientAuth: errorOf('invalid_client'),
  InvalidGrant: errorOf('invalid_grant'),
  InvalidRequest: errorOf('invalid_request'),
  InvalidRequestUri: errorOf('invalid_request_uri'),
  InvalidScope: errorOf('invalid_scope'),
  InvalidTarget: errorOf('invalid_target'),
  TemporarilyUnavailable: errorOf('temporarily_unavailable'),
  UnmetAuthenticationRequirements: errorOf('unmet_authentication_requirements'),
} as unknown as typeof errors;

/** The library, as far as its errors and the request that is being answered go. */
export function libraryOf(ctx?: KoaContextWithOIDC, more: object = {}): OidcProviderModule {
  return { default: { ctx }, errors: ERRORS, ...more } as unknown as OidcProviderModule;
}

/** The overlay of the library with only the collaborators that a test needs. */
export function overlayWith(parts: {
  requests?: unknown;
  live?: unknown;
  clients?: unknown;
  signOut?: unknown;
  secrets?: unknown;
  artifacts?: unknown;
  clock?: Clock;
}): LibraryOverlayService {
  const { requests, live, clients, signOut, secrets, artifacts, clock } = parts as Record<string, never>;
  return new LibraryOverlayService(
    requests!,
    live!,
    clients!,
    signOut!,
    LEVELS,
    secrets!,
    artifacts!,
    clock!,
  );
}
