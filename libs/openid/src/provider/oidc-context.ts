import type { ClientApplication } from '@portillon/application';
import type { Session } from '@portillon/session';
import type Provider from 'oidc-provider';
import type { AdapterPayload, ClientAuthorizationState, errors, KoaContextWithOIDC } from 'oidc-provider';
import type { Refusal } from './refusal.policy';

/** The data that this service adds to a request's context: the session behind the library's session. */
interface OwnState {
  session?: Session;
  /** The applications that the session had entered when the request came, each with its grant. */
  entered?: ReadonlyMap<string, string | undefined>;
  /** Whether this request is the session's first entry of the application. */
  isFirstEntry?: boolean;
  /** Why the request is refused. */
  refusal?: errors.OIDCProviderError;
  /** Requested scopes that give the application nothing. */
  leftOut?: readonly Refusal[];
  /** Where the browser goes after the session has ended. */
  signOutNext?: string;
  /** The grant that was read with its code or token. */
  grant?: { id: string; payload: AdapterPayload };
  /** The JWT that the library does not introspect. */
  structuredToken?: string;
}

type Client = NonNullable<KoaContextWithOIDC['oidc']['client']>;

/** Returns the session of this service that the request has; undefined without one. */
export function sessionOf(ctx: KoaContextWithOIDC): Session | undefined {
  return (ctx.state as OwnState).session;
}

/** Whether the session has entered the application before this request. */
export function hasEntered(ctx: KoaContextWithOIDC, applicationId: string): boolean {
  return (ctx.state as OwnState).entered?.has(applicationId) ?? false;
}

/** The grant by which the session had entered the application before this request. */
export function enteredGrantOf(ctx: KoaContextWithOIDC, applicationId: string): string | undefined {
  return (ctx.state as OwnState).entered?.get(applicationId);
}

export function keepSession(
  ctx: KoaContextWithOIDC,
  session: Session,
  entered: ReadonlyMap<string, string | undefined>,
): void {
  Object.assign(ctx.state, { session, entered });
}

export function keepEntry(ctx: KoaContextWithOIDC, isFirstEntry: boolean): void {
  Object.assign(ctx.state, { isFirstEntry });
}

export function isFirstEntry(ctx: KoaContextWithOIDC): boolean {
  return (ctx.state as OwnState).isFirstEntry ?? false;
}

/** When one request has two errors, the client receives the later one. */
export function keepRefusal(ctx: KoaContextWithOIDC, refusal: errors.OIDCProviderError): void {
  Object.assign(ctx.state, { refusal });
}

export function refusalErrorOf(ctx: KoaContextWithOIDC): errors.OIDCProviderError | undefined {
  return (ctx.state as OwnState).refusal;
}

export function keepLeftOut(ctx: KoaContextWithOIDC, leftOut: readonly Refusal[]): void {
  Object.assign(ctx.state, { leftOut });
}

export function leftOutOf(ctx: KoaContextWithOIDC): readonly Refusal[] {
  return (ctx.state as OwnState).leftOut ?? [];
}

export function keepSignOutNext(ctx: KoaContextWithOIDC, signOutNext: string): void {
  Object.assign(ctx.state, { signOutNext });
}

/** Returns where the browser must also sign out, before it goes back to the application. */
export function signOutNextOf(ctx: KoaContextWithOIDC): string | undefined {
  return (ctx.state as OwnState).signOutNext;
}

/** Whether the request comes from the sign-out page. */
export function asksToSignOut({ oidc }: KoaContextWithOIDC): boolean {
  return oidc.route.startsWith('end_session');
}

/** Keeps a JWT that the library refuses, which it does only after its client has authenticated. */
export function keepStructuredToken(ctx: KoaContextWithOIDC, { error }: errors.OIDCProviderError): void {
  if (error === 'unsupported_token_type')
    Object.assign(ctx.state, { structuredToken: ctx.oidc.params!['token'] });
}

export function structuredTokenOf(ctx: KoaContextWithOIDC): string | undefined {
  return (ctx.state as OwnState).structuredToken;
}

export function keepGrant(ctx: KoaContextWithOIDC, id: string, payload: AdapterPayload): void {
  Object.assign(ctx.state, { grant: { id, payload } });
}

/** Returns the grant once: when the library asks again, it reads what the request has changed. */
export function takeGrant({ state }: KoaContextWithOIDC, id: string): AdapterPayload | undefined {
  const { grant } = state as OwnState;
  if (grant?.id !== id) return undefined;
  delete (state as OwnState).grant;
  return grant.payload;
}

/** The application that a client is. */
export function applicationOf(client: Client): ClientApplication {
  return (client as unknown as { application: ClientApplication }).application;
}

/** The parts of the library that we replace and that its types omit. */
export interface ProviderModels {
  Session: {
    get(ctx: KoaContextWithOIDC): Promise<object>;
    instantiate(): SessionModel;
    prototype: { destroy: (this: SessionModel) => Promise<void> };
  };
  Client: {
    prototype: {
      compareClientSecret(this: Client, secret: string): boolean | Promise<boolean>;
      includeSid(): boolean;
      responseTypeAllowed: (this: Client, type: string) => boolean;
      grantTypeAllowed: (this: Client, type: string) => boolean;
      backchannelLogout(): Promise<void>;
    };
  };
  AuthorizationCode: { prototype: { save: (this: CodeModel) => Promise<string> } };
  ReplayDetection: { unique(iss: string, jti: string, exp: number): Promise<boolean> };
}

/** The session and the client that a code is bound to. */
export interface CodeModel {
  accountId: string;
  clientId: string;
  sid: string;
  grantId: string | null;
}

export interface SessionModel {
  uid: string;
  accountId?: string;
  authorizations?: Record<string, ClientAuthorizationState>;
  state?: object;
  destroyed?: boolean;
  loginAccount(login: {
    accountId: string;
    loginTs: number;
    acr: string;
    amr: string[];
    transient: boolean;
  }): void;
}

export function modelsOf(provider: Provider): ProviderModels {
  return provider as unknown as ProviderModels;
}
