import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import * as client from 'openid-client';
import type { Stage } from '../server/stage';
import type { Answer } from '../people/answer.types';
import type { Visitor } from '../people/visitor';

export const REDIRECT_URI = 'https://orientation.test/retour';

/** The changed settings of an application. Default: a trusted one with a secret. */
export interface ApplicationChanges {
  kind?: string;
  structureId?: string | null;
  redirectUris?: string[];
  postLogoutRedirectUris?: string[];
  initiateLoginUri?: string | null;
  backchannelLogoutUri?: string | null;
  authMethod?: string;
  jwks?: { keys: object[] } | null;
  tlsSubjectDn?: string | null;
  scopes?: string;
  audienceRoles?: string[];
  minAcr?: string | null;
  maxAgeSeconds?: number | null;
  confirmIdentity?: boolean;
  trusted?: boolean;
  claimsShape?: string;
  idTokenAlg?: string;
  pkce?: string;
  claimNames?: boolean;
  claimMail?: boolean;
  claimGroups?: boolean;
  resources?: string[];
  offlineAccess?: boolean;
  gateAssertion?: boolean;
}

const LIMIT_MS = 10_000;

type Checks = client.AuthorizationCodeGrantChecks;
type Tokens = client.TokenEndpointResponse & client.TokenEndpointResponseHelpers;

const DEFAULTS: Required<ApplicationChanges> = {
  kind: 'web',
  structureId: null,
  redirectUris: [REDIRECT_URI],
  postLogoutRedirectUris: ['https://orientation.test/au-revoir'],
  initiateLoginUri: null,
  backchannelLogoutUri: null,
  authMethod: 'client_secret_basic',
  jwks: null,
  tlsSubjectDn: null,
  scopes: 'openid profile email groups structure pro_sante',
  audienceRoles: [],
  minAcr: null,
  maxAgeSeconds: null,
  confirmIdentity: false,
  trusted: true,
  claimsShape: 'plain',
  idTokenAlg: 'RS256',
  pkce: 'required',
  claimNames: true,
  claimMail: false,
  claimGroups: false,
  resources: [],
  offlineAccess: true,
  gateAssertion: true,
};

/** An application behind the gate, with openid-client as its part. */
export class RelyingParty {
  private constructor(
    readonly stage: Stage,
    readonly id: string,
    readonly secret: string,
    readonly configuration: client.Configuration,
  ) {}

  /** Registers the application, and reads the provider's discovery document. */
  static async register(
    stage: Stage,
    changes: ApplicationChanges = {},
    auth?: client.ClientAuth,
  ): Promise<RelyingParty> {
    const { id, secret } = await registerApplication(stage, changes);
    const method = auth ?? authOf({ ...DEFAULTS, ...changes }.authMethod, secret);
    const issuer = new URL(stage.environment['PUBLIC_URL']!);
    const options = { execute: [client.allowInsecureRequests], [client.customFetch]: fetchOf(stage) };
    const configuration = await client.discovery(issuer, id, undefined, method, options);
    return new RelyingParty(stage, id, secret, configuration);
  }

  /** The address that the browser leaves for, and what is to be checked when it is back. */
  async request(parameters: Record<string, string> = {}): Promise<{ url: URL; checks: Checks }> {
    const verifier = client.randomPKCECodeVerifier();
    const [state, nonce] = [client.randomState(), client.randomNonce()];
    const url = client.buildAuthorizationUrl(this.configuration, {
      redirect_uri: REDIRECT_URI,
      scope: 'openid profile',
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
      ...parameters,
    });
    const checks = {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    };
    return { url, checks };
  }

  /** Leaves for the provider and comes back: where the browser ends up, at the application or at a page of ours. */
  async leave(
    browser: Visitor,
    parameters: Record<string, string> = {},
  ): Promise<{ back: URL; checks: Checks }> {
    const { url, checks } = await this.request(parameters);
    return { back: await follow(browser, url), checks };
  }

  redeem({ back, checks }: { back: URL; checks: Checks }): Promise<Tokens> {
    return client.authorizationCodeGrant(this.configuration, back, checks);
  }

  /** The whole way, of a person who is signed in. */
  async enter(browser: Visitor, parameters: Record<string, string> = {}): Promise<Tokens> {
    return this.redeem(await this.leave(browser, parameters));
  }

  fetch(path: string, init?: RequestInit): Promise<Response> {
    return fetch(`${this.stage.server.url}${path}`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(LIMIT_MS),
      ...init,
    });
  }
}

/** Registers an application as administration would. Written at once: the command line would take a second each. */
export async function registerApplication(
  stage: Stage,
  changes: ApplicationChanges,
): Promise<{ id: string; secret: string }> {
  const id = randomUUID();
  await insertApplication(stage, id, { ...DEFAULTS, ...changes });
  return { id, secret: await insertSecret(stage, id) };
}

/** A token of the application itself, as it asks for one (RFC 6749, 4.4; RFC 8707). */
export async function requestToken(
  url: string,
  { id, secret }: { id: string; secret: string },
  wish: Record<string, string>,
): Promise<string> {
  const answer = await fetch(`${url}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', ...wish }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

/** Follows redirects until the browser leaves the service, or stays on a page of it. */
export async function follow(browser: Visitor, from: URL | string): Promise<URL> {
  return (await arrive(browser, from)).url;
}

/** The same, with the text of the page where the browser stays: one that sends a form may have an error in it. */
export async function arrive(browser: Visitor, from: URL | string): Promise<{ url: URL; text: string }> {
  let url = new URL(from, 'http://portillon.test');
  for (let hops = 0; hops < 10; hops++) {
    const { status, headers, text }: Answer = await browser.get(`${url.pathname}${url.search}`);
    const isSent = text.includes('document.forms[0].submit()');
    if (status >= 400 && !isSent) throw new Error(`${url.pathname} answered ${text}`);
    if (!headers.location) return { url, text };
    url = new URL(headers.location, url);
    const isPage = !/^\/(oidc|api)\//.test(url.pathname);
    if (url.host !== 'portillon.test' || isPage) return { url, text: '' };
  }
  throw new Error('redirected for ever');
}

/** The id of the sign-in that a page of ours shows. */
export function interactionOf(page: URL): string {
  return page.searchParams.get('request')!;
}

/** Answers yes to the page that asks whether to sign out, as its button does. */
export function confirmSignOut(browser: Visitor, page: string): Promise<Answer> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };
  return browser.post('/oidc/logout/confirm', undefined, { raw: signOutForm(page), headers });
}

/** What the button of that page sends. */
export function signOutForm(page: string): string {
  return `xsrf=${/name="xsrf" value="(\w+)"/.exec(page)![1]!}&logout=yes`;
}

function authOf(method: string, secret: string): client.ClientAuth {
  if (method === 'none') return client.None();
  return method === 'client_secret_post' ? client.ClientSecretPost(secret) : client.ClientSecretBasic(secret);
}

/** The issuer is a name of the tests; its server listens elsewhere. */
function fetchOf(stage: Stage): client.CustomFetch {
  const issuer = stage.environment['PUBLIC_URL']!;
  return (url, options) => fetch(url.replace(issuer, stage.server.url), options as RequestInit);
}

async function insertApplication(stage: Stage, id: string, all: Required<ApplicationChanges>): Promise<void> {
  const now = new Date();
  const row: Record<string, unknown> = {
    id,
    name: `Orientation ${id.slice(0, 8)}`,
    nameKey: `orientation ${id.slice(0, 8)}`,
    ...Object.fromEntries(Object.entries(all).map(([name, value]) => [name, stored(value)])),
    jwksUri: null,
    homeUri: null,
    audienceStructures: '[]',
    audienceProfessions: '[]',
    status: 'active',
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
  const names = Object.keys(row);
  const places = names.map(() => '?').join(', ');
  await stage.database.execute(
    `INSERT INTO application (${names.join(', ')}) VALUES (${places})`,
    Object.values(row),
  );
  if (all.kind !== 'gate') return;
  for (const origin of new Set(all.redirectUris.map((uri) => new URL(uri).origin)))
    await stage.database.execute('INSERT INTO applicationOrigin (origin, applicationId) VALUES (?, ?)', [
      origin,
      id,
    ]);
}

function stored(value: unknown): unknown {
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}

/** Gives an application a secret. */
export async function insertSecret(stage: Stage, applicationId: string): Promise<string> {
  const id = randomUUID();
  const secret = randomBytes(32).toString('base64url');
  const digest = createHash('sha256').update(secret).digest('hex');
  const values = [id, applicationId, 1, digest, new Date()];
  const names = 'id, applicationId, slot, digest, createdAt';
  await stage.database.execute(`INSERT INTO applicationSecret (${names}) VALUES (?, ?, ?, ?, ?)`, values);
  return `${id}.${secret}`;
}

/** A key that an application proves itself by; the gate knows its public half. */
export async function ecKey() {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const names = { kid: 'of-the-tests', alg: 'ES256' };
  const [privateJwk, publicJwk] = await Promise.all([exportJWK(privateKey), exportJWK(publicKey)]);
  return { privateJwk: { ...privateJwk, ...names }, publicJwk: { ...publicJwk, ...names, use: 'sig' } };
}
