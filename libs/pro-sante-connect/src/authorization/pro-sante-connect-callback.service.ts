import { Injectable } from '@nestjs/common';
import { AuditData, AuditService, Reason } from '@portillon/audit';
import { audited } from '@portillon/access';
import type { Client } from '@portillon/http';
import { AuthorizationRequestService, ReturnedRequest } from './authorization-request.service';
import { CallbackLimitService } from './callback-limit.service';
import { IdentificationService } from '../provider/identification.service';
import type { Identity } from '../provider/identity.types';
import { ProSanteConnectLinkService } from '../link/pro-sante-connect-link.service';
import { ProSanteConnectSignInService } from '../sign-in/pro-sante-connect-sign-in.service';
import type { ProSanteConnectResult } from '../pro-sante-connect.types';
import { tellable, Unproven } from '../refusal';

/** The parameters of a browser that returns from PSC. */
export interface Callback {
  /** Of the address, with its `?`. */
  query: string;
  browserCookie: string | undefined;
  /** Of the session in this browser, if any. */
  sessionToken: string | undefined;
  client: Client;
}

type Expected = Extract<ReturnedRequest, { status: 'expected' }>;

const DONE: readonly string[] = ['signed-in', 'choice', 'linked'] satisfies ProSanteConnectResult['status'][];

/** The browser's way back from PSC: counted, recognised, used up, and only then PSC is asked. */
@Injectable()
export class ProSanteConnectCallbackService {
  constructor(
    private readonly limits: CallbackLimitService,
    private readonly authorizationRequests: AuthorizationRequestService,
    private readonly identification: IdentificationService,
    private readonly signIn: ProSanteConnectSignInService,
    private readonly link: ProSanteConnectLinkService,
    private readonly audit: AuditService,
  ) {}

  /** Never throws: a page must follow. */
  async handle(callback: Callback): Promise<ProSanteConnectResult> {
    const state = new URLSearchParams(callback.query).get('state') ?? undefined;
    let returnTo = '/';
    try {
      // First: a flood must not fill the journal.
      const counted = await this.limits.count(callback.client);
      if (!counted) return this.#beyond(state, callback.browserCookie);
      const request = await this.authorizationRequests.consumeState(state, callback.browserCookie);
      if (request.status === 'refused') return await this.#refuse(request.reason, callback.client);
      returnTo = request.returnTo;
      const result = await this.#proceed(callback, request);
      if (DONE.includes(result.status)) await this.limits.refund(counted);
      return result;
    } catch (error) {
      return { status: 'refused', code: tellable(error), returnTo };
    }
  }

  async #proceed(callback: Callback, request: Expected): Promise<ProSanteConnectResult> {
    const { query, sessionToken, client } = callback;
    const { correlation, linkFor, returnTo } = request;
    const identify = () => this.identification.identify(query, correlation);
    if (linkFor) return this.link.link(identify, { linkFor, sessionToken, client });
    return this.signIn.enter(await this.#identified(identify, client), returnTo, client);
  }

  async #identified(identify: () => Promise<Identity>, client: Client): Promise<Identity> {
    try {
      return await identify();
    } catch (error) {
      const { reason, evidence } = error as Unproven;
      await this.#record(reason, client, evidence);
      throw error;
    }
  }

  /** Returns to the page that the user left. */
  #beyond(state: string | undefined, browserCookie: string | undefined): ProSanteConnectResult {
    const { returnTo, linkFor } = this.authorizationRequests.leftFrom(state, browserCookie);
    const code = 'attempts.exceeded';
    return linkFor ? { status: 'not-linked', code } : { status: 'refused', code, returnTo };
  }

  async #refuse(reason: Reason, client: Client): Promise<ProSanteConnectResult> {
    await this.#record(reason, client);
    return { status: 'refused', code: 'sign-in.required', returnTo: '/' };
  }

  #record(reason: Reason, client: Client, data?: AuditData): Promise<void> {
    const event = { name: 'authn_login_fail', outcome: 'FAILURE', reason, data } as const;
    return this.audit.record(audited(client, undefined, { ...event, means: 'pro-sante-connect' }));
  }
}
