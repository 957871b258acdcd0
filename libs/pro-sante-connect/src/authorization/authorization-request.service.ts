import { Inject, Injectable } from '@nestjs/common';
import { ACCESS_OPTIONS, WorkplaceService } from '@portillon/access';
import type { ResolvedAccessOptions } from '@portillon/access';
import type { Client } from '@portillon/http';
import { addMilliseconds, Clock, Keyring, MINUTE, Random, SECOND } from '@portillon/kernel';
import { createHmac } from 'node:crypto';
import { LINKED_PATH, MODULE_OPTIONS_TOKEN } from '../pro-sante-connect.options';
import type { ProSanteConnectOptions } from '../pro-sante-connect.options';
import { ProviderService } from '../provider/provider.service';
import type { Correlation } from '../provider/provider.service';
import { publicCodeOf } from '../refusal';
import type { AuthorizationRedirect, RefusedSignIn } from '../refusal';
import { AuthorizationRequestRepository } from './authorization-request.repository';

/** The answer of PSC, when it comes in the browser that left. */
export type ReturnedRequest =
  | {
      status: 'expected';
      correlation: Correlation;
      returnTo: string;
      linkFor: string | null;
    }
  | { status: 'refused'; reason: Unrecognised | 'replayed-state' };

type Unrecognised = 'unknown-state' | 'other-browser' | 'expired-state';

/** The purpose of the leave. */
export interface NewAuthorizationRequest {
  /** The page to open once they are back. */
  returnTo: string;
  /** The session that wants to link the identity to its account; null for a sign-in. */
  linkFor: string | null;
  /** The maximum age of PSC's proof, in seconds; null when an existing PSC session is enough. */
  maxAge: number | null;
}

/** The content of the state, which only we can read: it travels encrypted. */
interface AuthorizationRequest extends NewAuthorizationRequest {
  id: string;
  browserDigest: string;
  expiresAt: string;
}

/** The phone must be found, unlocked and its code typed: as long as a sign-in in progress may last. */
export const REQUEST_MS = 15 * MINUTE;

/** Another person could finish a link on an unlocked workstation, so it lives no longer than a proof stays fresh. */
const LINK_LIFE_MS = 5 * MINUTE;

/** The maximum difference between the clocks of two instances. A used state stays recorded for this additional time. */
const SKEW_MS = 5 * MINUTE;

const BROWSER_SECRET = /^[A-Za-z0-9_-]{43}$/;

const BROWSER = 'psc-browser';

const STATE = 'psc-state';

/** Why the user goes to PSC. */
export interface WantedSignIn {
  /** The page to open after the sign-in, as the browser requests it. */
  returnTo: unknown;
  /** Whether PSC must prove the user again, instead of using an existing session. */
  fresh: boolean;
  client: Client;
}

const LONGEST_PATH = 1_000;

/** Read before any parser: a backslash and a control character are read differently by different browsers. */
const PLAIN_PATH = /^\/(?!\/)[\x21-\x5b\x5d-\x7e]*$/;

const NOT_PAGES = /^\/(api|health|demo|metrics|connexion)(\/|$)/i;

/**
 * The sign-ins that left for PSC, each accepted once in the same browser. Stores nothing until then (docs/adr/0014).
 */
@Injectable()
export class AuthorizationRequestService {
  constructor(
    private readonly requests: AuthorizationRequestRepository,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly keyring: Keyring,
    private readonly provider: ProviderService,
    private readonly workplaces: WorkplaceService,
    @Inject(ACCESS_OPTIONS) private readonly auth: ResolvedAccessOptions,
    @Inject(MODULE_OPTIONS_TOKEN) private readonly options: ProSanteConnectOptions,
  ) {}

  /** `browserCookie`: the browser's cookie of a sign-in in another tab, which may continue. */
  begin(
    wanted: NewAuthorizationRequest,
    browserCookie: string | undefined,
  ): { correlation: Correlation; browserCookie: string } {
    const browser = BROWSER_SECRET.test(browserCookie ?? '') ? browserCookie! : this.#secret();
    const departed: AuthorizationRequest = {
      id: this.random.id(),
      browserDigest: this.keyring.digest(BROWSER, [browser]),
      ...wanted,
      expiresAt: addMilliseconds(this.clock.now(), wanted.linkFor ? LINK_LIFE_MS : REQUEST_MS).toISOString(),
    };
    const state = this.keyring.seal(STATE, JSON.stringify(departed), this.random);
    return { correlation: correlationOf(state, departed, browser), browserCookie: browser };
  }

  /** Concurrent answers with one state: only one succeeds. Another browser learns and removes nothing. */
  async consumeState(state: string | undefined, browserCookie: string | undefined): Promise<ReturnedRequest> {
    const departed = this.#recognise(state, browserCookie);
    if (typeof departed === 'string') return { status: 'refused', reason: departed };
    if (!(await this.#consumeState(departed))) return { status: 'refused', reason: 'replayed-state' };
    const { returnTo, linkFor } = departed;
    const correlation = correlationOf(state!, departed, browserCookie!);
    return { status: 'expected', correlation, returnTo, linkFor };
  }

  /**
   * Returns the page that the user left, and the purpose. Consumes nothing; the state of another browser gives undefined.
   */
  leftFrom(
    state: string | undefined,
    browserCookie: string | undefined,
  ): Pick<AuthorizationRequest, 'returnTo' | 'linkFor'> {
    const departed = this.#recognise(state, browserCookie);
    return typeof departed === 'string' ? { returnTo: '/', linkFor: null } : departed;
  }

  purge(batch: number): Promise<number> {
    return this.requests.deleteExpired(this.clock.now(), batch);
  }

  /**
   * Never throws: a page must follow. `browserCookie`: the browser's cookie of a sign-in in another tab. On a shared
   * workstation PSC proves the user again, because the previous user may have left a session open at PSC.
   */
  async beginSignIn(
    { returnTo: stated, fresh, client }: WantedSignIn,
    browserCookie: string | undefined,
  ): Promise<({ status: 'leave' } & AuthorizationRedirect) | RefusedSignIn> {
    const returnTo = localPath(stated, this.options.publicUrl);
    try {
      const anew = fresh || (await this.workplaces.at(client)).shared;
      const request = { returnTo, linkFor: null, maxAge: anew ? this.#freshSeconds : null };
      return { status: 'leave', ...(await this.#leave(request, browserCookie)) };
    } catch (error) {
      return { status: 'refused', code: publicCodeOf(error), returnTo };
    }
  }

  /**
   * `sessionId`: the session of the account to link. PSC proves the user again: a colleague's session at this workstation
   * must not become this account's e-CPS.
   *
   * @throws AppError `means.unavailable`
   */
  beginLink(sessionId: string, browserCookie: string | undefined): Promise<AuthorizationRedirect> {
    const request = { returnTo: LINKED_PATH, linkFor: sessionId, maxAge: this.#freshSeconds };
    return this.#leave(request, browserCookie);
  }

  #recognise(
    state: string | undefined,
    browserCookie: string | undefined,
  ): AuthorizationRequest | Unrecognised {
    const departed = this.#open(state);
    if (!departed) return 'unknown-state';
    if (!browserCookie || !this.keyring.matches(departed.browserDigest, BROWSER, [browserCookie]))
      return 'other-browser';
    return new Date(departed.expiresAt) <= this.clock.now() ? 'expired-state' : departed;
  }

  /** Committed before PSC is asked, so that PSC sees no authorization code twice. */
  #consumeState({ id, expiresAt }: AuthorizationRequest): Promise<boolean> {
    return this.requests.use({ id, expiresAt: addMilliseconds(new Date(expiresAt), SKEW_MS) });
  }

  #open(state: string | undefined): AuthorizationRequest | undefined {
    try {
      return JSON.parse(this.keyring.open(STATE, state ?? '')) as AuthorizationRequest;
    } catch {
      // Forged, altered, truncated, or sealed by a key that has left the ring.
      return undefined;
    }
  }

  #secret(): string {
    return this.random.bytes(32).toString('base64url');
  }

  async #leave(request: NewAuthorizationRequest, cookie: string | undefined): Promise<AuthorizationRedirect> {
    const { correlation, browserCookie } = this.begin(request, cookie);
    return { url: (await this.provider.authorizationUrl(correlation)).href, browserCookie };
  }

  /** As old as the proof of a sensitive act may be. */
  get #freshSeconds(): number {
    return this.auth.freshMs / SECOND;
  }
}

/**
 * Derived from the browser's secret, as OpenID Connect Core 15.5.2 describes for the nonce, and from a secret encrypted in
 * the state. Neither half is enough, and no table stores them.
 */
function correlationOf(state: string, { id, maxAge }: AuthorizationRequest, browser: string): Correlation {
  const derived = createHmac('sha512', browser).update(id).digest();
  const half = derived.length / 2;
  return {
    state,
    maxAge,
    nonce: derived.toString('base64url', 0, half),
    codeVerifier: derived.toString('base64url', half),
  };
}

/** The page to open after signing in: a path of this origin that is a page, or the home page. Never another site. */
export function localPath(returnTo: unknown, publicUrl: string): string {
  if (typeof returnTo !== 'string' || returnTo.length > LONGEST_PATH || !PLAIN_PATH.test(returnTo))
    return '/';
  if (!URL.canParse(returnTo, publicUrl)) return '/';
  const url = new URL(returnTo, publicUrl);
  if (url.origin !== new URL(publicUrl).origin || url.pathname.startsWith('//')) return '/';
  return NOT_PAGES.test(url.pathname) ? '/' : url.pathname + url.search + url.hash;
}
