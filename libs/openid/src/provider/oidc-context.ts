import type { ClientApplication } from '@portillon/application';
import type { Session } from '@portillon/session';
import type * as oidc from 'oidc-provider';
import Provider, {
  type AdapterPayload,
  type ClientAuthorizationState,
  type errors,
  type KoaContextWithOIDC,
} from 'oidc-provider';
import type { ClientRefusal } from './refusal.policy';

/** The data that this service adds to a request's context. */
interface OwnState {
  /** The session of this service, behind the library's. */
  session?: Session;
  /** The applications that the session had entered when the request came, each with its grant. */
  entered?: ReadonlyMap<string, string | undefined>;
  /** Whether this request is the session's first entry of the application. */
  isFirstEntry?: boolean;
  /** Why the request is refused; of two errors, the later one, which the client receives. */
  refusal?: errors.OIDCProviderError;
  /** Requested scopes that give the application nothing. */
  leftOut?: readonly ClientRefusal[];
  /** Where the browser must also sign out, before it goes back to the application. */
  signOutNext?: string;
  /** The grant that was read with its code or token. */
  grant?: { id: string; payload: AdapterPayload };
  /** The JWT that the library does not introspect. */
  structuredToken?: string;
}

type Client = NonNullable<KoaContextWithOIDC['oidc']['client']>;

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

/** The exports of `oidc-provider`. */
export type OidcProviderModule = typeof oidc;

/** The data of this request, which one step writes and later ones read. */
export function stateOf(ctx: KoaContextWithOIDC): OwnState {
  return ctx.state;
}

/** Whether the request comes from the sign-out page. */
export function asksToSignOut({ oidc }: KoaContextWithOIDC): boolean {
  return oidc.route.startsWith('end_session');
}

/** Records a JWT that the library refuses, which it does only after its client has authenticated. */
export function keepStructuredToken(ctx: KoaContextWithOIDC, { error }: errors.OIDCProviderError): void {
  if (error === 'unsupported_token_type') stateOf(ctx).structuredToken = ctx.oidc.params!['token'] as string;
}

/** Returns the grant once: when the library asks again, it reads what the request has changed. */
export function takeGrant(ctx: KoaContextWithOIDC, id: string): AdapterPayload | undefined {
  const { grant } = stateOf(ctx);
  if (grant?.id !== id) return undefined;
  delete stateOf(ctx).grant;
  return grant.payload;
}

/** The application that a client is. */
export function applicationOf(client: Client): ClientApplication {
  return (client as unknown as { application: ClientApplication }).application;
}

export function modelsOf(provider: Provider): ProviderModels {
  return provider as unknown as ProviderModels;
}

/** Loads the library when a request needs it, so that operator commands do not load it. */
export function loadOidcProvider(): Promise<OidcProviderModule> {
  return withoutRuntimeWarning(() => import('oidc-provider'));
}

/* eslint-disable no-console -- the library prints to the console, and has no option for it */
/** The library warns about Node.js 20 when it is loaded. `portillon doctor` reports old versions instead. */
async function withoutRuntimeWarning<Result>(load: () => Promise<Result>): Promise<Result> {
  const { warn } = console;
  console.warn = (...words: unknown[]) => {
    if (!String(words[0]).includes('oidc-provider WARNING: Unsupported runtime')) warn(...words);
  };
  return load().finally(() => (console.warn = warn));
}
