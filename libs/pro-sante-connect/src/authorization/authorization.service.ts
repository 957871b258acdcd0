import { Inject, Injectable } from '@nestjs/common';
import { ACCESS_OPTIONS, type ResolvedAccessOptions, WorkplaceService } from '@portillon/access';
import type { Client } from '@portillon/http';
import { SECOND } from '@portillon/kernel';
import { AuthorizationRequestService, NewAuthorizationRequest } from './authorization-request.service';
import { LINKED_PATH, MODULE_OPTIONS_TOKEN, type ProSanteConnectOptions } from '../pro-sante-connect.options';
import type { AuthorizationRedirect, RefusedSignIn } from '../pro-sante-connect.types';
import { ProviderService } from '../provider/provider.service';
import { tellable } from '../refusal';

const MOST = 1_000;
/** Read before any parser: a backslash and a control character are read differently by different browsers. */
const PLAIN_PATH = /^\/(?!\/)[\x21-\x5b\x5d-\x7e]*$/;
const NOT_PAGES = /^\/(api|health|demo|metrics|connexion)(\/|$)/i;

/** The page to open after signing in: a path of this origin that is a page, or the home page. Never another site. */
export function localPath(returnTo: unknown, publicUrl: string): string {
  if (typeof returnTo !== 'string' || returnTo.length > MOST || !PLAIN_PATH.test(returnTo)) return '/';
  if (!URL.canParse(returnTo, publicUrl)) return '/';
  const url = new URL(returnTo, publicUrl);
  if (url.origin !== new URL(publicUrl).origin || url.pathname.startsWith('//')) return '/';
  return NOT_PAGES.test(url.pathname) ? '/' : url.pathname + url.search + url.hash;
}

/** Why the user goes to PSC. */
export interface WantedSignIn {
  /** The page to open after the sign-in, as the browser requests it. */
  returnTo: unknown;
  /** Whether PSC must prove the user again, instead of using an existing session. */
  fresh: boolean;
  client: Client;
}

/** Sends the browser to Pro Santé Connect: to sign in, or to link the account of an open session. */
@Injectable()
export class AuthorizationService {
  constructor(
    private readonly provider: ProviderService,
    private readonly authorizationRequests: AuthorizationRequestService,
    private readonly workplaces: WorkplaceService,
    @Inject(ACCESS_OPTIONS) private readonly auth: ResolvedAccessOptions,
    @Inject(MODULE_OPTIONS_TOKEN) private readonly options: ProSanteConnectOptions,
  ) {}

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
      return { status: 'refused', code: tellable(error), returnTo };
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

  async #leave(request: NewAuthorizationRequest, cookie: string | undefined): Promise<AuthorizationRedirect> {
    const { correlation, browserCookie } = this.authorizationRequests.begin(request, cookie);
    return { url: (await this.provider.authorizationUrl(correlation)).href, browserCookie };
  }

  /** As old as the proof of a sensitive act may be. */
  get #freshSeconds(): number {
    return this.auth.freshMs / SECOND;
  }
}
